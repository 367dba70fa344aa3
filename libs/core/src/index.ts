export * from './environment-name';
export * from './naming';
export * from './props-validation';
export * from './ssm-contract';
