import { LOCAL_REGION } from '../settings';

const authorization = (service: string) =>
  `AWS4-HMAC-SHA256 Credential=test/20260101/${LOCAL_REGION}/${service}/aws4_request, SignedHeaders=host, Signature=none`;

/** Calls an action of a service with the JSON protocol; `target` is for example `AmazonSSM.GetParameter`. */
export async function callJson<T>(url: string, target: string, request: object = {}): Promise<T> {
  const response = await fetch(url, {
    method: 'POST',
    headers: {
      'Content-Type': 'application/x-amz-json-1.1',
      'X-Amz-Target': target,
      Authorization: authorization('any'),
    },
    body: JSON.stringify(request),
  });
  const text = await response.text();
  if (!response.ok) {
    throw new Error(`${target}: ${text}`);
  }
  return JSON.parse(text || '{}') as T;
}

/** Calls an action of a service with the query protocol and returns the XML. */
export async function callQuery(url: string, service: string, request: Record<string, string>): Promise<string> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'Content-Type': 'application/x-www-form-urlencoded', Authorization: authorization(service) },
    body: new URLSearchParams(request).toString(),
  });
  const text = await response.text();
  if (!response.ok) {
    throw new Error(`${request.Action}: ${text}`);
  }
  return text;
}

/** Gets the root of a service with a REST protocol; for S3 that is the list of buckets. */
export async function callRest(url: string, service: string): Promise<string> {
  return (await fetch(url, { headers: { Authorization: authorization(service) } })).text();
}

/** The texts of all elements of this name. */
export function elements(xml: string, name: string): string[] {
  return [...xml.matchAll(new RegExp(`<${name}>([^<]*)</${name}>`, 'g'))].map((match) => match[1]!);
}
