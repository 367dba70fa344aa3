import type { IncomingMessage } from 'node:http';
import { Meter } from './meter';

const describeStacks = {
  method: 'POST',
  url: '/',
  headers: { authorization: 'AWS4-HMAC-SHA256 Credential=test/20260101/eu-west-1/cloudformation/aws4_request' },
} as IncomingMessage;
const BODY = Buffer.from('Action=DescribeStacks');

describe('the meter', () => {
  test('counts by action, from one question to the next', async () => {
    const meter = new Meter();
    await meter.script(describeStacks, BODY);
    await meter.script(describeStacks, BODY);
    expect(meter.take()).toEqual({ 'cloudformation:DescribeStacks': 2 });
    expect(meter.take()).toEqual({});
  });

  test('throttles what is more than a service allows, and nothing else', async () => {
    const meter = new Meter();
    meter.conditions = { callsPerSecond: { cloudformation: 2 } };
    const answers = [];
    for (let call = 0; call < 4; call += 1) answers.push(await meter.script(describeStacks, BODY));
    expect(answers).toEqual([undefined, undefined, 'throttled', 'throttled']);
    meter.conditions = { callsPerSecond: { ssm: 0 } };
    expect(await meter.script(describeStacks, BODY)).toBeUndefined();
  });
});
