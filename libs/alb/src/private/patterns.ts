import { isIP } from 'node:net';

/** A fully qualified domain name without the final dot. */
export const DOMAIN_NAME = '(?=.{1,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\\.)+[a-z]{2,63}';
/** A domain name whose first label may be a wildcard. */
export const WILDCARD_DOMAIN_NAME = `(\\*\\.)?${DOMAIN_NAME}`;
/** A name of an HTTP header. */
export const HEADER_NAME = "[!#$%&'*+.^_`|~0-9A-Za-z-]{1,40}";

const LONGEST_PREFIX: Readonly<Record<number, number>> = { 4: 32, 6: 128 };

/** Whether a string is an IPv4 or IPv6 CIDR block, e.g. `192.0.2.0/24` or `2001:db8::/32`. */
export function isCidr(cidr: string): boolean {
  const block = /^([^/]+)\/(\d{1,3})$/.exec(cidr);
  return block !== null && Number(block[2]) <= (LONGEST_PREFIX[isIP(block[1]!)] ?? -1);
}

/** Whether a CIDR block is all addresses of its family. */
export function isWholeInternet(cidr: string): boolean {
  return /\/0+$/.test(cidr);
}

/** Whether a domain name is a zone's own name or below it. */
export function isInZone(domainName: string, zoneName: string): boolean {
  return domainName === zoneName || domainName.endsWith(`.${zoneName}`);
}

/** Whether a zone is below its parent. */
export function isBelow(zoneName: string, parentZoneName: string): boolean {
  return zoneName !== parentZoneName && isInZone(zoneName, parentZoneName);
}
