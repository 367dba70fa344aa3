import type { SecurityGroups } from '@v3-backend/networking';
import { Validations } from 'aws-cdk-lib';

/** What cdk-nag has against this stack's resources, and why they are right as they are. */
export function acknowledgeFindings(securityGroups: SecurityGroups): void {
  Validations.of(securityGroups.albSecurityGroup).acknowledge({
    id: 'AwsSolutions-EC23',
    reason:
      'The load balancer serves the internet, on 80 (which redirects where there is a certificate) and 443 only. The web ' +
      'ACL is in front of it, and nothing else has this group.',
  });
}
