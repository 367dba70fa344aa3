import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AssembledStack } from './assembly';
import { sourceOf } from './construct-source';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'nx-cdk-source-'));
});

afterEach(() => rmSync(folder, { recursive: true }));

function source(...trace: string[]): string | undefined {
  const metadataFile = join(folder, 'metadata.json');
  const queue = [
    { type: 'aws:cdk:logicalId', data: 'Queue4A7E3555' },
    { type: 'aws:cdk:creationStack', data: trace },
  ];
  const other = [
    { type: 'aws:cdk:logicalId', data: 'Other' },
    { type: 'aws:cdk:creationStack', data: ['f (/ws/other.ts:1:1)'] },
  ];
  writeFileSync(metadataFile, JSON.stringify({ '/app/Other': other, '/app/Queue/Resource': queue }));
  return sourceOf({ metadataFile } as AssembledStack, 'Queue4A7E3555');
}

describe('the source of a resource', () => {
  test('is the innermost call outside of packages', () => {
    expect(
      source(
        '...new Queue2 in aws-cdk-lib...',
        'new JobQueue (/ws/node_modules/constructs-of-others/lib/job-queue.js:9:1)',
        'new Queues (/ws/libs/data/src/queues.ts:41:18)',
        'new SqsStack (/ws/apps/shop/stacks/sqs/stack.ts:12:5)',
      ),
    ).toBe('/ws/libs/data/src/queues.ts:41');
  });

  test('is found in apps that are ES modules', () => {
    expect(source('<anonymous> (file:///ws/a%20b/main.ts:3:5)')).toBe('/ws/a b/main.ts:3');
  });

  test('is not known when no call of the app was recorded', () => {
    expect(
      source('.../ws/node_modules/aws-cdk-lib/vpc.js:1:270 in aws-cdk-lib...', 'Array.forEach (:)'),
    ).toBeUndefined();
    expect(source()).toBeUndefined();
    expect(sourceOf({} as AssembledStack, 'Queue4A7E3555')).toBeUndefined();
  });
});
