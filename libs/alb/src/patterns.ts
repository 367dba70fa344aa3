/** A fully qualified domain name without the final dot. */
export const DOMAIN_NAME = '(?=.{1,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\\.)+[a-z]{2,63}';
/** A domain name whose first label may be a wildcard. */
export const WILDCARD_DOMAIN_NAME = `(\\*\\.)?${DOMAIN_NAME}`;

const OCTET = '(25[0-5]|2[0-4]\\d|1?\\d?\\d)';
/** An IPv4 CIDR block. */
export const IPV4_CIDR = `${OCTET}(\\.${OCTET}){3}/(3[0-2]|[12]?\\d)`;
