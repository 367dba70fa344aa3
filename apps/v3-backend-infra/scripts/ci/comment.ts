/**
 * `npm run ci:comment -- FOLDER`: writes the Markdown files of a folder as the one comment of a pull request, which later
 * runs replace.
 */
import { commentBody, MARKER } from './comment-body';

interface Comment {
  readonly id: number;
  readonly body: string;
  readonly user: { readonly type: string };
}

const PAGE = 100;

/**
 * Writes the comment. The environment has GitHub's variables for the API and the repository, `GITHUB_TOKEN`, and the number of
 * the pull request in `PULL_REQUEST`.
 *
 * @throws when the folder has no Markdown file, a variable is missing, or GitHub refuses
 */
export async function writeComment(folder: string, env: NodeJS.ProcessEnv): Promise<void> {
  const body = commentBody(folder);
  const variable = (name: string): string => {
    const value = env[name];
    if (!value) throw new Error(`${name} is not set.`);
    return value;
  };
  const repository = `${variable('GITHUB_API_URL')}/repos/${variable('GITHUB_REPOSITORY')}`;
  const ofPullRequest = `${repository}/issues/${variable('PULL_REQUEST')}/comments`;
  const token = variable('GITHUB_TOKEN');
  const earlier = await findComment(ofPullRequest, token);
  if (earlier === undefined) await request('POST', ofPullRequest, token, { body });
  else await request('PATCH', `${repository}/issues/comments/${earlier.id}`, token, { body });
}

/** The comment of an earlier run. One that a person wrote is left alone, whatever it begins with. */
async function findComment(url: string, token: string): Promise<Comment | undefined> {
  for (let page = 1; ; page += 1) {
    const comments = (await request('GET', `${url}?per_page=${PAGE}&page=${page}`, token)) as Comment[];
    const found = comments.find(({ body, user }) => user.type === 'Bot' && body.startsWith(MARKER));
    if (found !== undefined || comments.length < PAGE) return found;
  }
}

async function request(method: string, url: string, token: string, content?: object): Promise<unknown> {
  const response = await fetch(url, {
    method,
    headers: { accept: 'application/vnd.github+json', authorization: `Bearer ${token}` },
    ...(content === undefined ? {} : { body: JSON.stringify(content) }),
  });
  if (!response.ok) throw new Error(`GitHub answered ${response.status} to ${method} ${url}: ${await response.text()}`);
  return response.json();
}

async function main(folder: string | undefined): Promise<void> {
  if (folder === undefined) throw new Error('Usage: npm run ci:comment -- FOLDER');
  await writeComment(folder, process.env);
}

if (require.main === module) {
  main(process.argv[2]).catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  });
}
