import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';

/** Where and how to ask. */
export interface HttpQuestion {
  /** Where to connect to. */
  readonly url: string;
  readonly method: string;
  /** The host that is asked for, with its port where it is not the protocol's own. */
  readonly host: string;
}

/** What was answered. */
export interface HttpAnswer {
  readonly status: number;
  readonly location?: string;
}

/** Asks a server; redirects are not followed. */
export type Ask = (question: HttpQuestion) => Promise<HttpAnswer>;

/** How long to wait for an answer, in milliseconds. */
const TIMEOUT_MS = 15_000;

/**
 * Asks over HTTP or HTTPS. The certificate has to be for the host that is asked for, whatever the name that is connected to:
 * so a load balancer can be asked to which no DNS name leads yet.
 */
export const askServer: Ask = ({ url, method, host }) =>
  new Promise((resolve, reject) => {
    const secure = url.startsWith('https:');
    const send = secure ? httpsRequest : httpRequest;
    const options = { method, headers: { host }, servername: host.split(':')[0], timeout: TIMEOUT_MS, agent: false };
    const request = send(url, options, (response) => {
      response.resume();
      resolve({ status: response.statusCode ?? 0, location: response.headers.location });
    });
    request.on('timeout', () => request.destroy(new Error(`no answer within ${TIMEOUT_MS / 1000} s`)));
    request.on('error', reject);
    request.end();
  });
