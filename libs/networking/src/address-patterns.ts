const OCTET = '(25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)';

/** An IPv4 address. */
export const IPV4_ADDRESS = `(${OCTET}\\.){3}${OCTET}`;

/** An IPv4 block. */
export const IPV4_BLOCK = `${IPV4_ADDRESS}/(3[0-2]|[12]?\\d)`;

/** An IPv4 block that a VPC may have. */
export const IPV4_VPC_BLOCK = `${IPV4_ADDRESS}/(1[6-9]|2[0-8])`;
