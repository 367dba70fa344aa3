export * from './app-shared';
export * from './app-shared-interface';
export * from './app-shared-props';
export * from './database-connection';
export * from './database-url-secret';
export * from './service-log-groups';
export * from './task-roles';
