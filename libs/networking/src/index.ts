export * from './interface-endpoints';
export * from './nat-strategy';
export * from './network';
export * from './network-attributes';
export * from './security-groups';
export * from './vpc-flow-logs';
