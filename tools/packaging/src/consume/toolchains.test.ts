import { missingTools } from './toolchains';

const PRINTED: Record<string, string> = {
  java: 'openjdk version "17.0.15" 2025-04-15',
  // Maven writes colours even where nobody sees them.
  mvn: '\u001b[1mApache Maven 3.8.7\u001b[m\nJava version: 17.0.15',
  go: 'go version go1.26.8 linux/amd64',
  python3: 'Python 3.11.7',
};
const having = (printed: Record<string, string>) => (program: string) => printed[program];

test.each(['typescript', 'python', 'java', 'go'] as const)('%s has what it needs', (language) => {
  expect(missingTools(language, having(PRINTED))).toEqual([]);
});

test('TypeScript needs nothing beside Node', () => {
  expect(missingTools('typescript', having({}))).toEqual([]);
});

test('everything that is missing is said at once', () => {
  expect(missingTools('java', having({}))).toEqual([
    'Java 17.0 or newer is needed, and there is no java',
    'Maven 3.6 or newer is needed, and there is no mvn',
  ]);
});

test.each([
  ['java', 'java', 'openjdk version "11.0.2"', 'Java 17.0 or newer is needed, and this is 11.0'],
  ['java', 'java', 'java version "1.8.0_402"', 'Java 17.0 or newer is needed, and this is 1.8'],
  ['python', 'python3', 'Python 3.9.18', 'Python 3.10 or newer is needed, and this is 3.9'],
  ['go', 'go', 'go version go1.9.7 linux/amd64', 'Go 1.21 or newer is needed, and this is 1.9'],
  ['go', 'go', 'something else', 'Go 1.21 or newer is needed, and this is 0.0'],
] as const)('%s: %s that prints %s is too old', (language, program, printed, sentence) => {
  expect(missingTools(language, having({ ...PRINTED, [program]: printed }))).toEqual([sentence]);
});
