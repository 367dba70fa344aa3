export { assertNoRealCredentials } from './credentials';
export {
  type LocalAwsStatus,
  type LocalEndpoint,
  localAwsStatus,
  resetLocalAws,
  startLocalAws,
  stopLocalAws,
} from './endpoint';
export { LocalAwsError } from './errors';
export type { ServerRecord } from './server';
export { LOCAL_ACCOUNT, LOCAL_REGION, type LocalAwsOptions } from './settings';
