import { probe } from './probe';

/**
 * Looks from within a task whether DATABASE_URL is what it should be and leads to the database.
 *
 * The URL has to name PostgreSQL, a user, a password, the host that DATABASE_HOST names, and TLS. Then PostgreSQL has to
 * agree to TLS (https://www.postgresql.org/docs/current/protocol-flow.html#PROTOCOL-FLOW-SSL), which needs no library.
 * Where the image has the library `pg`, a query is made, too, so that the password is tried. Nothing of the URL is printed.
 */
export const DATABASE_PROBE = probe(`
  const given = process.env.DATABASE_URL;
  if (!given) throw new Error('DATABASE_URL is not set');
  let url;
  try { url = new URL(given); } catch { throw new Error('DATABASE_URL is no URL'); }
  const wrong = [
    [!/^postgres(ql)?:$/.test(url.protocol), 'is not for PostgreSQL'],
    [!url.username || !url.password, 'has no user or password'],
    [process.env.DATABASE_HOST && url.hostname !== process.env.DATABASE_HOST, 'is not for DATABASE_HOST'],
    [url.searchParams.get('sslmode') !== 'require', 'does not ask for TLS'],
    [url.pathname.length < 2, 'names no database'],
  ].filter(([found]) => found).map(([, problem]) => problem);
  if (wrong.length > 0) throw new Error('DATABASE_URL ' + wrong.join(', '));
  const answer = await new Promise((resolve, reject) => {
    const socket = require('node:net').connect(Number(url.port || 5432), url.hostname);
    socket.setTimeout(10000, () => reject(new Error('the database does not answer within 10 s')));
    socket.on('error', reject);
    socket.on('close', () => reject(new Error('the database hung up')));
    socket.on('connect', () => socket.write(Buffer.from([0, 0, 0, 8, 4, 210, 22, 47])));
    socket.on('data', data => { resolve(data.toString('latin1', 0, 1)); socket.destroy(); });
  });
  if (answer !== 'S') throw new Error('the database does not speak TLS');
  let pg;
  try { pg = require('pg'); } catch { return 'DATABASE_URL is right, and the database answers; the image has no pg to log in with'; }
  const client = new pg.Client({ host: url.hostname, port: Number(url.port || 5432), user: decodeURIComponent(url.username),
    password: decodeURIComponent(url.password), database: url.pathname.slice(1), ssl: { rejectUnauthorized: false } });
  await client.connect();
  await client.query('select 1');
  await client.end();
  return 'DATABASE_URL is right, and the database answers a query';
`);
