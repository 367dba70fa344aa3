import type { SsmContract } from '@v3-backend/core';
import { Token } from 'aws-cdk-lib';
import { StringParameter } from 'aws-cdk-lib/aws-ssm';
import { Construct } from 'constructs';

/**
 * Values of other stacks that this stack publishes under keys of its own.
 *
 * A stack that refers to them directly must depend on this stack alone, not on those the values come from; so what it
 * gets is the value of the parameter.
 */
export class PassedOnValues extends Construct {
  /** What to refer to, by key. */
  public readonly values: { [key: string]: string };

  constructor(scope: Construct, id: string, contract: SsmContract, values: { [key: string]: string }) {
    super(scope, id);
    const passOn = (key: string, value: string) => {
      const parameter = new StringParameter(this, key, {
        parameterName: contract.parameterName(key),
        stringValue: value,
        description: `Passed on by the ${contract.stack} stack`,
      });
      return Token.isUnresolved(value) ? parameter.stringValue : value;
    };
    this.values = Object.fromEntries(Object.entries(values).map(([key, value]) => [key, passOn(key, value)]));
  }
}
