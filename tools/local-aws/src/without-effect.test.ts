import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { withoutEffect } from './without-effect';

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'without-effect-'))));
afterEach(() => rmSync(folder, { recursive: true }));

test('what was recorded without effect is said once for each type, and of the stacks asked for only', () => {
  const file = join(folder, 'recorded.json');
  const resources = [
    { stack: 'web', logicalId: 'A', type: 'AWS::S3::Bucket', properties: ['BucketEncryption', 'AccessControl'] },
    { stack: 'web', logicalId: 'B', type: 'AWS::S3::Bucket', properties: ['BucketEncryption'] },
    { stack: 'web', logicalId: 'C', type: 'AWS::ECS::Service', properties: ['X'], recordedOnly: 'no container runs' },
    { stack: 'other', logicalId: 'D', type: 'AWS::SNS::Topic', properties: ['Y'] },
  ];
  writeFileSync(file, JSON.stringify({ resources }));
  expect(withoutEffect(file, ['web'])).toEqual([
    `Recorded by the local endpoint without effect (resources: ${file}):`,
    '  AWS::ECS::Service: no container runs',
    '  AWS::S3::Bucket: AccessControl, BucketEncryption',
  ]);
});

test('nothing is said where nothing was recorded', () => {
  expect(withoutEffect(join(folder, 'missing.json'), ['web'])).toEqual([]);
});
