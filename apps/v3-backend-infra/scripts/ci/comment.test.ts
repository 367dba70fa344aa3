import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { writeComment } from './comment';
import { MARKER } from './comment-body';

describe('the comment of a pull request', () => {
  let folder: string;
  let server: Server;
  let comments: { id: number; body: string; user: { type: string } }[];
  let status: number;

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'comment-'));
    comments = [];
    status = 200;
    server = createServer((request, response) => {
      let text = '';
      request.on('data', (chunk) => (text += chunk));
      request.on('end', () => {
        const url = new URL(request.url!, 'http://localhost');
        const { body } = (text === '' ? {} : JSON.parse(text)) as { body?: string };
        if (request.headers.authorization !== 'Bearer t0ken') status = 401;
        else if (request.method === 'POST') comments.push({ id: 900, body: body!, user: { type: 'Bot' } });
        else if (request.method === 'PATCH') {
          comments.find(({ id }) => url.pathname === `/repos/o/r/issues/comments/${id}`)!.body = body!;
        }
        const page = Number(url.searchParams.get('page') ?? 1);
        response.writeHead(status, { connection: 'close' });
        response.end(JSON.stringify(comments.slice((page - 1) * 100, page * 100)));
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  });
  afterEach(async () => {
    rmSync(folder, { recursive: true, force: true });
    await new Promise((resolve) => server.close(resolve));
  });

  const write = (env = {}) =>
    writeComment(folder, {
      GITHUB_API_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
      GITHUB_REPOSITORY: 'o/r',
      GITHUB_TOKEN: 't0ken',
      PULL_REQUEST: '7',
      ...env,
    });
  const file = (name: string, text: string) => {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  };

  test('it has every Markdown file, in the order of their paths, and nothing else', async () => {
    file('diff-staging/diff.md', '# staging');
    file('diff-development/diff.md', '# development');
    file('diff-development/diff.json', '{"no":"Markdown"}');
    await write();
    expect(comments.map(({ body }) => body)).toEqual([`${MARKER}\n# development\n\n# staging\n`]);
  });

  test('a later run replaces it, also behind a hundred others', async () => {
    const other = { id: 1, body: 'looks good', user: { type: 'User' } };
    const pretender = { id: 2, body: `${MARKER} mine`, user: { type: 'User' } };
    comments = [pretender, ...Array.from({ length: 120 }, () => other), { id: 5, body: MARKER, user: { type: 'Bot' } }];
    file('diff.md', 'new');
    await write();
    expect(comments).toHaveLength(122);
    expect(comments.at(-1)!.body).toBe(`${MARKER}\nnew\n`);
    expect(comments[0]!.body).toBe(`${MARKER} mine`);
  });

  test('what the files say notifies nobody, hides nothing and cannot be too long', async () => {
    file('diff.md', `@everyone <!-- hidden -->\n${'x'.repeat(100_000)}`);
    await write();
    const [{ body } = { body: '' }] = comments;
    expect(body).not.toMatch(/@\w/);
    expect(body.match(/<!--/g)).toHaveLength(1);
    expect(body.length).toBeLessThan(65_536);
    expect(body).toContain('cut');
  });

  test('without a file, without a number, or refused by GitHub, it says so', async () => {
    await expect(write()).rejects.toThrow(`no Markdown file in ${folder}`);
    file('diff.md', 'x');
    await expect(write({ PULL_REQUEST: '' })).rejects.toThrow('PULL_REQUEST is not set');
    await expect(write({ GITHUB_TOKEN: 'wrong' })).rejects.toThrow('GitHub answered 401 to GET');
  });
});
