import { gunzipSync, inflateRawSync } from 'node:zlib';

/** The files of an archive by their paths in it, without folders. */
export type Archive = ReadonlyMap<string, Buffer>;

const TAR_BLOCK = 512;

/** Reads a `.tgz` as npm packs them: names of up to 255 bytes, no links. */
export function readTarball(bytes: Buffer): Archive {
  const tar = gunzipSync(bytes);
  const files = new Map<string, Buffer>();
  let size: number;
  for (let at = 0; at < tar.length && tar[at] !== 0; at += TAR_BLOCK * (1 + Math.ceil(size / TAR_BLOCK))) {
    const text = (from: number, length: number) =>
      tar.toString('utf8', at + from, at + from + length).replace(/\0[^]*$/, '');
    size = parseInt(text(124, 12), 8);
    const [name, kind, prefix] = [text(0, 100), text(156, 1), text(345, 155)];
    if (kind === '5') continue;
    if (kind !== '0' && kind !== '') throw new Error(`${name} is neither a file nor a folder, but of type ${kind}`);
    files.set(prefix ? `${prefix}/${name}` : name, tar.subarray(at + TAR_BLOCK, at + TAR_BLOCK + size));
  }
  return files;
}

const ZIP = { entry: 0x02014b50, stored: 0, deflated: 8 };

/** Reads a zip file as wheels and jars are: not encrypted, below 4 GiB. */
export function readZip(bytes: Buffer): Archive {
  const end = bytes.lastIndexOf(Buffer.from([0x50, 0x4b, 0x05, 0x06]));
  if (end < 0) throw new Error('It is no zip file');
  const files = new Map<string, Buffer>();
  let at = bytes.readUInt32LE(end + 16);
  for (let left = bytes.readUInt16LE(end + 10); left > 0; left--) {
    if (bytes.readUInt32LE(at) !== ZIP.entry) throw new Error(`The zip file has no entry at ${at}`);
    const [nameLength, extraLength, commentLength] = [28, 30, 32].map((field) => bytes.readUInt16LE(at + field));
    const name = bytes.toString('utf8', at + 46, at + 46 + nameLength!);
    if (!name.endsWith('/')) files.set(name, zipFile(bytes, at, name));
    at += 46 + nameLength! + extraLength! + commentLength!;
  }
  return files;
}

/** The contents of the file that the entry at `entry` of the central directory is about. */
function zipFile(bytes: Buffer, entry: number, name: string): Buffer {
  const [method, size, local] = [
    bytes.readUInt16LE(entry + 10),
    bytes.readUInt32LE(entry + 20),
    bytes.readUInt32LE(entry + 42),
  ];
  const start = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28);
  const data = bytes.subarray(start, start + size);
  if (method === ZIP.stored) return data;
  if (method === ZIP.deflated) return inflateRawSync(data);
  throw new Error(`${name} is compressed by the unknown method ${method}`);
}
