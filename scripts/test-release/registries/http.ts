import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Starts a server on a free port of the loopback interface. */
export async function listen(server: Server): Promise<string> {
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(0, '127.0.0.1', resolve));
  return `127.0.0.1:${(server.address() as AddressInfo).port}`;
}

export async function close(server: Server): Promise<void> {
  server.closeAllConnections();
  await new Promise<void>((resolve) => server.close(() => resolve()));
}

/** What an address answers with; nothing where there is nothing. */
export async function textOf(url: string): Promise<string> {
  const response = await fetch(url);
  if (response.status === 404) return '';
  if (!response.ok) throw new Error(`${url} answered ${response.status}`);
  return response.text();
}

/** Without repetitions, the lowest first. */
export function sortedVersions(versions: readonly string[]): string[] {
  return [...new Set(versions)].sort((a, b) => a.localeCompare(b, 'en', { numeric: true }));
}
