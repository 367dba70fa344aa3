export * from './backend-load-balancer';
export * from './backend-load-balancer-interface';
export * from './backend-load-balancer-props';
export * from './dns-zone';
export * from './managed-rule-group';
export * from './tls-certificate';
export * from './web-acl';
export * from './web-acl-interface';
