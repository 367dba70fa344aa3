export * from './environment-name';
export * from './layer-tags';
export * from './naming';
export * from './props-validation';
export * from './provider-log-group';
export * from './ssm-contract';
