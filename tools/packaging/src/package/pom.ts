/**
 * aws-cdk-lib for Java: Maven Central served the POM of 2.270.0, and no jar, as of 2026-11-24. 2.271.0 is complete.
 */
const INCOMPLETE_RELEASES: Readonly<Record<string, string>> = { 'aws-cdk-lib:2.270.0': '2.271.0' };

/**
 * The POM with the lowest version of each range instead of the range.
 *
 * That is how Maven projects state a minimum: a higher version that a consumer asks for wins. A range would let Maven
 * download the metadata of every version, choose the newest, and fail where a mirror does not list them all.
 */
export function withLowestVersions(pom: string): string {
  return pom.replace(
    /<artifactId>([^<]+)<\/artifactId>(\s*)<version>\[([^,\]]+)[^<]*<\/version>/g,
    (_, artifact: string, space: string, lowest: string) =>
      `<artifactId>${artifact}</artifactId>${space}<version>${INCOMPLETE_RELEASES[`${artifact}:${lowest}`] ?? lowest}</version>`,
  );
}
