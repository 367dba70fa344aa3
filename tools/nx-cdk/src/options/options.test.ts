import { readCommandLine } from './command-line';
import { DEPLOY_OPTIONS, parseDeployOptions, parseDestroyOptions } from './options';

describe('the command line', () => {
  const read = (...words: string[]) => readCommandLine(words, DEPLOY_OPTIONS);

  test('an image tag that looks like a number stays what was typed', () => {
    expect(read('--imageTag=1.10')).toEqual({ imageTag: '1.10' });
    expect(read('--image-tag', '0123')).toEqual({ imageTag: '0123' });
  });

  test('a flag may stand alone, be negated, or state its value', () => {
    expect(read('--infraOnly', '--no-continueOnError', '--dry-run', 'false')).toEqual({
      infraOnly: 'true',
      continueOnError: 'false',
      dryRun: 'false',
    });
  });

  test('what belongs to no option is kept, to be refused', () => {
    expect(parseDeployOptions(read('dev', '--tag=x')).problems).toEqual([
      expect.stringMatching(/^"dev" is not an option\. The options are --imageTag,/),
      expect.stringMatching(/^--tag is not an option/),
    ]);
  });
});

describe('options', () => {
  test('have defaults', () => {
    expect(parseDeployOptions({})).toEqual({
      options: {
        imageTag: undefined,
        infraOnly: false,
        dryRun: false,
        concurrency: 4,
        force: false,
        revertDrift: false,
        continueOnError: true,
        allowDestructive: [],
        dnsGate: true,
        waitForDns: undefined,
        verbose: false,
      },
      problems: [],
    });
    expect(parseDestroyOptions({}).options.concurrency).toBe(4);
  });

  test.each(['v1', '_x', '1.10', 'a'.repeat(128), `sha256:${'0a'.repeat(32)}`])('%s is an image tag', (imageTag) => {
    expect(parseDeployOptions({ imageTag }).problems).toEqual([]);
  });

  test.each(['', '-v1', '.v1', 'a b', 'a/b', 'ä', 'a'.repeat(129), 'sha256:0a', `sha512:${'0a'.repeat(32)}`])(
    '%s is no image tag',
    (imageTag) => {
      expect(parseDeployOptions({ imageTag }).problems).toEqual([expect.stringContaining('is not a valid image tag')]);
    },
  );

  test.each([0, 33, 1.5, '', 'x', -1])('%s is no concurrency', (concurrency) => {
    expect(parseDeployOptions({ concurrency }).problems).toEqual([
      expect.stringContaining('whole number from 1 to 32'),
    ]);
  });

  test.each([0.5, '30', 1440])('%s minutes are a time to wait for DNS', (waitForDns) => {
    expect(parseDeployOptions({ waitForDns })).toMatchObject({
      options: { waitForDns: Number(waitForDns) },
      problems: [],
    });
  });

  test.each([0, -1, 1441, '', 'x', 'Infinity'])('%s minutes are none', (waitForDns) => {
    expect(parseDeployOptions({ waitForDns }).problems).toEqual([expect.stringContaining('at most 1440')]);
  });

  test('there is nothing to wait for without the DNS gate', () => {
    expect(parseDeployOptions({ waitForDns: 5, dnsGate: 'false' }).problems).toEqual([
      expect.stringContaining('no effect with --dnsGate=false'),
    ]);
  });

  test('every problem is reported at once', () => {
    expect(parseDeployOptions({ imageTag: '', concurrency: 0, force: 'perhaps', other: 1 }).problems).toHaveLength(4);
  });
});
