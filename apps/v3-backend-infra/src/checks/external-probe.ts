import { probe } from './probe';

/** An address on the internet that answers with the caller's: the way leads through the NAT gateway, not an endpoint. */
const EXTERNAL_URL = 'https://checkip.amazonaws.com';

/** Looks from within a task whether an API on the internet can be reached. */
export const EXTERNAL_PROBE = probe(`
  const response = await fetch('${EXTERNAL_URL}', { signal: AbortSignal.timeout(15000) });
  if (!response.ok) throw new Error('${EXTERNAL_URL} answers ' + response.status);
  return '${EXTERNAL_URL} answers, and sees ' + (await response.text()).trim();
`);
