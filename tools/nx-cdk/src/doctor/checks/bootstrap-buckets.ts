import { type Check, ok, problem } from '../check';

/** Buckets for assets exist, and are the account's own. */
export const bootstrapBuckets: Check = {
  name: 'bootstrap buckets',
  notReal: 'the endpoint has one account, whose every bucket is',
  run: ({ bootstraps, facts }) =>
    Promise.all(
      bootstraps.flatMap(({ account, region, buckets }) =>
        buckets.map(async (bucket) => {
          const found = await facts.bucket(region, bucket, account);
          if (found === 'own') return ok(`${bucket} belongs to account ${account}`);
          return found === 'missing'
            ? problem(`${bucket} does not exist`, `npx cdk bootstrap aws://${account}/${region}`)
            : problem(
                `${bucket} does not belong to account ${account}, or these credentials may not look at it`,
                'Upload nothing to it. If it is not yours, bootstrap with another --qualifier and give it to the app.',
              );
        }),
      ),
    ),
};
