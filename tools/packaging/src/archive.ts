import { crc32, gunzipSync, inflateRawSync } from 'node:zlib';

/** The files of an archive by their paths in it, without folders. */
export type Archive = ReadonlyMap<string, Buffer>;

const TAR_BLOCK = 512;

/** Reads a `.tgz` as npm and Python pack them: files and folders, no links. */
export function readTarball(bytes: Buffer): Archive {
  const tar = gunzipSync(bytes);
  const files = new Map<string, Buffer>();
  let size: number;
  let longName: string | undefined;
  for (let at = 0; at < tar.length && tar[at] !== 0; at += TAR_BLOCK * (1 + Math.ceil(size / TAR_BLOCK))) {
    const text = (from: number, length: number) =>
      tar.toString('utf8', at + from, at + from + length).replace(/\0[^]*$/, '');
    size = parseInt(text(124, 12), 8);
    const [shortName, kind, prefix] = [text(0, 100), text(156, 1), text(345, 155)];
    const data = tar.subarray(at + TAR_BLOCK, at + TAR_BLOCK + size);
    if (kind === 'x') {
      // What does not fit into the fields of the next entry is in one before it.
      longName = /^\d+ path=(.*)$/m.exec(data.toString())?.[1];
      continue;
    }
    const name = longName ?? (prefix ? `${prefix}/${shortName}` : shortName);
    longName = undefined;
    if (kind === '5') continue;
    if (kind !== '0' && kind !== '') throw new Error(`${name} is neither a file nor a folder, but of type ${kind}`);
    files.set(name, data);
  }
  return files;
}

const ZIP = { file: 0x04034b50, entry: 0x02014b50, end: 0x06054b50, stored: 0, deflated: 8 };

/** Reads a zip file as wheels and jars are: not encrypted, below 4 GiB. */
export function readZip(bytes: Buffer): Archive {
  const end = bytes.lastIndexOf(signature(ZIP.end));
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

/** Writes a zip file, of files as they are, without compression. */
export function writeZip(files: Archive): Buffer {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const [name, data] of files) {
    const path = Buffer.from(name);
    // Flags (names are UTF-8), method, time, date, checksum, sizes: the same in both places.
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt16LE(0x0800, 2);
    common.writeUInt16LE(0x0021, 8);
    common.writeUInt32LE(crc32(data), 10);
    common.writeUInt32LE(data.length, 14);
    common.writeUInt32LE(data.length, 18);
    common.writeUInt16LE(path.length, 22);
    const local = Buffer.concat([signature(ZIP.file), common, path, data]);
    const place = Buffer.alloc(14);
    place.writeUInt32LE(offset, 10);
    directory.push(Buffer.concat([signature(ZIP.entry), Buffer.from([20, 0]), common, place, path]));
    parts.push(local);
    offset += local.length;
  }
  const end = Buffer.alloc(18);
  end.writeUInt16LE(files.size, 4);
  end.writeUInt16LE(files.size, 6);
  end.writeUInt32LE(Buffer.concat(directory).length, 8);
  end.writeUInt32LE(offset, 12);
  return Buffer.concat([...parts, ...directory, signature(ZIP.end), end]);
}

function signature(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}
