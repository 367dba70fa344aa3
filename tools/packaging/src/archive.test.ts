import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deflateRawSync } from 'node:zlib';
import { readTarball, readZip, writeZip } from './archive';

test('a tarball that npm packed is read with the contents of its files', () => {
  const folder = mkdtempSync(join(tmpdir(), 'archive-'));
  try {
    // A path of more than 100 characters is split over two fields of its entry.
    const long = `lib/${'a'.repeat(60)}/${'b'.repeat(60)}.js`;
    mkdirSync(join(folder, 'lib', 'a'.repeat(60)), { recursive: true });
    writeFileSync(join(folder, 'package.json'), JSON.stringify({ name: 'packed', version: '1.0.0' }));
    writeFileSync(join(folder, long), 'x'.repeat(1000));
    execFileSync('npm', ['pack', '--silent', '--offline'], { cwd: folder });
    const archive = readTarball(readFileSync(join(folder, 'packed-1.0.0.tgz')));
    expect([...archive.keys()].sort()).toEqual([`package/${long}`, 'package/package.json']);
    expect(archive.get(`package/${long}`)!.toString()).toBe('x'.repeat(1000));
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test('a tarball that Python packed is read with names of any length', () => {
  const folder = mkdtempSync(join(tmpdir(), 'archive-'));
  try {
    const [long, short] = [`${'a'.repeat(120)}.py`, 'setup.py'];
    for (const name of [long, short]) writeFileSync(join(folder, name), `# ${name}`);
    const pack = `import tarfile; t = tarfile.open("packed.tar.gz", "w:gz"); t.add("${long}"); t.add("${short}"); t.close()`;
    execFileSync('python3', ['-c', pack], { cwd: folder });
    const archive = readTarball(readFileSync(join(folder, 'packed.tar.gz')));
    expect([...archive].map(([name, data]) => [name, data.toString()])).toEqual([
      [long, `# ${long}`],
      [short, `# ${short}`],
    ]);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test('a zip file is read with the contents of its files, stored and deflated, and without its folders', () => {
  const archive = readZip(
    zipOf([
      { name: 'a/', method: 0, data: Buffer.alloc(0) },
      { name: 'a/stored.txt', method: 0, data: Buffer.from('as it is') },
      { name: 'a/deflated.txt', method: 8, data: deflateRawSync('made smaller') },
    ]),
  );
  expect([...archive].map(([name, data]) => [name, data.toString()])).toEqual([
    ['a/stored.txt', 'as it is'],
    ['a/deflated.txt', 'made smaller'],
  ]);
});

test('a zip file that was written is read as it was, with names and contents of any bytes', () => {
  const files = new Map([
    ['a/größe.txt', Buffer.from([0, 255, 80, 75, 5, 6])],
    ['empty', Buffer.alloc(0)],
  ]);
  expect(readZip(writeZip(files))).toEqual(files);
});

test('what is no zip file is refused', () => {
  expect(() => readZip(Buffer.from('PK?'))).toThrow('It is no zip file');
});

function zipOf(entries: readonly { readonly name: string; readonly method: number; readonly data: Buffer }[]): Buffer {
  const locals: Buffer[] = [];
  const central: Buffer[] = [];
  for (const { name, method, data } of entries) {
    const offset = Buffer.concat(locals).length;
    const local = Buffer.alloc(30);
    local.writeUInt16LE(name.length, 26);
    locals.push(local, Buffer.from(name), data);
    const entry = Buffer.alloc(46);
    entry.writeUInt32LE(0x02014b50, 0);
    entry.writeUInt16LE(method, 10);
    entry.writeUInt32LE(data.length, 20);
    entry.writeUInt16LE(name.length, 28);
    entry.writeUInt32LE(offset, 42);
    central.push(entry, Buffer.from(name));
  }
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(Buffer.concat(locals).length, 16);
  return Buffer.concat([...locals, ...central, end]);
}
