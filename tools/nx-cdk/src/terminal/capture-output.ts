/**
 * Takes what the process writes to its standard output and error, line by line, e.g. warnings of Node, which would tear the
 * lines of a live display apart.
 *
 * @returns a function that lets everything through again.
 */
export function captureOutput(print: (line: string) => void): () => void {
  const releases = [process.stdout, process.stderr].map((stream) => {
    const original = stream.write;
    let rest = '';
    stream.write = (chunk: string | Uint8Array, ...callbacks: unknown[]) => {
      const lines = (rest + (typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString())).split('\n');
      rest = lines.pop() ?? '';
      lines.forEach(print);
      const done = callbacks.find((callback) => typeof callback === 'function') as (() => void) | undefined;
      if (done) process.nextTick(done);
      return true;
    };
    return () => {
      stream.write = original;
      if (rest !== '') print(rest);
    };
  });
  return () => releases.forEach((release) => release());
}
