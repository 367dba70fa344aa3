/**
 * A script as the command of a container with Node.js, the one thing the image has to have.
 *
 * @param script the body of an async function. What it returns is printed, and the container ends with 0; an error is
 * printed by its code or message, and it ends with 1.
 */
export function probe(script: string): string[] {
  const fail = 'error => { console.log(String(error.code || error.message)); process.exit(1); }';
  return ['node', '-e', `(async () => {${script}})().then(text => { console.log(text); process.exit(0); }, ${fail});`];
}
