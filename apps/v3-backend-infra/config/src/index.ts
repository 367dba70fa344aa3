export { environments } from './environments';
export * from './load-environment-config';
export type { EnvironmentConfig, EnvironmentConfigInput } from './schema';
