import { App, Lazy, Stack } from 'aws-cdk-lib';
import { PropsValidation } from './index';

describe('props validation', () => {
  test('reports every problem at once, with the construct’s path', () => {
    const validation = new PropsValidation(new Stack(new App(), 'Web'));
    validation.inRange('port', 1, 65535, 0);
    validation.matches('cidr', '[0-9./]+', 'a CIDR block', 'ten');
    validation.holds(false, 'minCapacity 3 is above maxCapacity 2');
    expect(() => validation.throwIfInvalid()).toThrow(
      'Invalid props of Web:\n  - port must be a whole number from 1 to 65535, got 0\n' +
        '  - cidr must be a CIDR block, got "ten"\n  - minCapacity 3 is above maxCapacity 2',
    );
  });

  test.each([0.5, 0, 3, Number.NaN, Number.POSITIVE_INFINITY])('%p is no whole number from 1 to 2', (value) => {
    const validation = new PropsValidation(new Stack());
    validation.inRange('count', 1, 2, value);
    expect(() => validation.throwIfInvalid()).toThrow(`count must be a whole number from 1 to 2, got ${value}`);
  });

  test.each([1, 2])('%p is a whole number from 1 to 2', (value) => {
    const validation = new PropsValidation(new Stack());
    validation.inRange('count', 1, 2, value);
    expect(() => validation.throwIfInvalid()).not.toThrow();
  });

  test('a form is that of the whole value, not of a part of it', () => {
    const validation = new PropsValidation(new Stack());
    validation.matches('name', 'a|b', 'a or b', 'b');
    validation.throwIfInvalid();
    validation.matches('name', 'a|b', 'a or b', 'ab');
    expect(() => validation.throwIfInvalid()).toThrow('name must be a or b, got "ab"');
  });

  test('absent values and tokens are no problem', () => {
    const validation = new PropsValidation(new Stack(new App(), 'Web'));
    validation.inRange('port', 1, 2);
    validation.matches('cidr', 'x', 'x');
    validation.inRange('port', 1, 2, Lazy.number({ produce: () => 9 }));
    validation.matches('cidr', 'x', 'x', Lazy.string({ produce: () => 'y' }));
    expect(() => validation.throwIfInvalid()).not.toThrow();
  });
});
