import { resources, type Rule } from './rule';

/** An imported bucket gets no policy, so its own stack must write it, or the load balancer cannot be made. */
export const loadBalancerMayWriteItsLogs: Rule = (stacks) =>
  resources(stacks, 'AWS::S3::BucketPolicy').some(({ Properties }) =>
    JSON.stringify(Properties).includes('"logdelivery.elasticloadbalancing.amazonaws.com"'),
  )
    ? []
    : ['s3'];
