import { withLowestVersions } from './pom';

const dependency = (artifact: string, version: string) =>
  `<dependency>\n  <artifactId>${artifact}</artifactId>\n  <version>${version}</version>\n</dependency>`;

test.each([
  ['constructs', '[10.8.1,11.0.0)', '10.8.1'],
  ['cdk-asset-awscli-v1', '[2.2.292]', '2.2.292'],
  ['v3-backend-core', '0.1.0', '0.1.0'],
])('%s %s is asked for in its lowest version', (artifact, range, lowest) => {
  expect(withLowestVersions(dependency(artifact, range))).toBe(dependency(artifact, lowest));
});

test('the lowest version that Maven Central has no jar of is passed over', () => {
  expect(withLowestVersions(dependency('aws-cdk-lib', '[2.270.0,3.0.0)'))).toBe(dependency('aws-cdk-lib', '2.271.0'));
});
