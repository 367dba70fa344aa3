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
export {
  installedCommand,
  installPythonPackages,
  type PythonEnvironment,
  type PythonPackages,
} from './python-packages';
export type { ServerRecord } from './server';
export { LOCAL_ACCOUNT, LOCAL_REGION, type LocalAwsOptions } from './settings';
