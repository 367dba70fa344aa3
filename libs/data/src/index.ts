export * from './app-secrets';
export * from './buckets';
export * from './job-queue';
export * from './log-bucket';
export * from './postgres-database';
export * from './postgres-database-props';
export * from './queues';
export * from './queues-attributes';
