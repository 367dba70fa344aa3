import { ShipError } from '../ship/shipper';
import { rememberCall } from './aws-call';
import { explainError } from './explain-error';

const refused = Object.assign(new Error('connect ECONNREFUSED 127.0.0.1:4566'), { code: 'ECONNREFUSED' });

test('an error of the SDK is explained, with its own words after that', () => {
  expect(explainError(refused)).toMatch(/cannot be reached.*run the same command again.*\(connect ECONNREFUSED/);
});

test('one that others have wrapped is explained too, in the words of the outermost', () => {
  const wrapped = new Error('my-stack: connect ECONNREFUSED', { cause: refused });
  expect(explainError(new ShipError(wrapped.message, 0, { cause: wrapped }))).toMatch(
    /cannot be reached.*\(my-stack: connect ECONNREFUSED\)/,
  );
});

test('a region that does not exist is told by the host that is missing, with the call that it was for', () => {
  const missing = Object.assign(new Error('getaddrinfo ENOTFOUND sts.eu-nowhere-1.amazonaws.com'), {
    code: 'ENOTFOUND',
  });
  rememberCall(missing, { service: 'STS', action: 'GetCallerIdentity', region: 'eu-nowhere-1' });
  expect(explainError(missing)).toMatch(
    /no such host. Check the region.*\(STS GetCallerIdentity in eu-nowhere-1: getaddrinfo ENOTFOUND/,
  );
});

test('an unknown one says what it says', () => {
  expect(explainError(new Error('the topic is cursed', { cause: new Error('why') }))).toBe('the topic is cursed');
});
