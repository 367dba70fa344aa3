/** The text of a go.mod without its indirect requirements, which `go mod tidy` knows from the modules themselves. */
export function withoutIndirect(goMod: string): string {
  return goMod.replace(/^.*\/\/ indirect$\n?/gm, '');
}
