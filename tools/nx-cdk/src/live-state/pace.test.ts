import type { Event } from '../events/event';
import { Pace } from './pace';

const call = { service: 'CloudFormation', action: 'DescribeStacks', region: 'eu-west-1' };
const throttled = Object.assign(new Error('Rate exceeded'), { name: 'Throttling' });

function start() {
  const texts: string[] = [];
  const pace = new Pace(100, (event: Event) => {
    if (event.type === 'notice') texts.push(event.text);
  });
  return { pace, texts };
}

test('AWS is asked at the wished pace, less often the more it throttles, and after that faster again', () => {
  const { pace } = start();
  expect(pace.next()).toBe(100);
  pace.retried(call, throttled);
  expect(pace.next()).toBe(200);
  for (let times = 0; times < 10; times += 1) pace.retried(call, throttled);
  expect(pace.next()).toBe(800);
  expect(pace.next()).toBeLessThan(800);
  for (let times = 0; times < 20; times += 1) pace.next();
  expect(pace.next()).toBe(100);
});

test('what fails for another reason is told, but changes no pace', () => {
  const { pace, texts } = start();
  pace.retried(call, Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' }));
  expect(pace.next()).toBe(100);
  expect(texts).toEqual(['CloudFormation DescribeStacks in eu-west-1: socket hang up, retrying']);
});

test('a call that keeps being throttled is told ever more rarely', () => {
  const { pace, texts } = start();
  for (let times = 0; times < 10; times += 1) pace.retried(call, throttled);
  expect(texts.map((text) => /\d+ times/.exec(text)?.[0])).toEqual([undefined, '2 times', '4 times', '8 times']);
});

test('a call that somebody else had to repeat slows down, too', () => {
  const { pace, texts } = start();
  pace.repeated(call, 0);
  expect(texts).toEqual([]);
  pace.repeated(call, 3);
  expect(texts).toEqual([expect.stringContaining('repeated 3 times')]);
  expect(pace.next()).toBe(200);
});
