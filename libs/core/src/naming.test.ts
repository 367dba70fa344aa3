import { Lazy } from 'aws-cdk-lib';
import { Naming, generateResourceName, generateStackName, getSsmParameterName } from './index';

describe('naming', () => {
  test('the plan’s functions give the plan’s names, whatever spelling the environment has', () => {
    expect(generateStackName('app-shared', 'dev')).toBe('v3-backend-development-app-shared');
    expect(generateResourceName('api-task', 'production')).toBe('v3-backend-production-api-task');
    expect(getSsmParameterName('alb', 'albArn', 'development')).toBe('/v3-backend/development/alb/albArn');
    expect(getSsmParameterName('compute', 'currentImageTag', 'prod')).toBe(
      '/v3-backend/production/compute/currentImageTag',
    );
  });

  test('another application has its own names in its own environments', () => {
    const naming = new Naming({ application: 'shop', environment: 'qa' });
    expect(naming.stackName('alb')).toBe('shop-qa-alb');
    expect(naming.resourceName('task-role')).toBe('shop-qa-task-role');
    expect(naming.ssmParameterName('alb', 'albArn')).toBe('/shop/qa/alb/albArn');
  });

  test('every invalid part is named in one error', () => {
    expect(() => new Naming({ application: 'My Shop', environment: 'QA' })).toThrow(
      /application must be in kebab case.*"My Shop"; environment must be in kebab case.*"QA"/,
    );
    expect(() => getSsmParameterName('App', 'alb-arn', 'dev')).toThrow(/stack must be.*"App"; key must be.*"alb-arn"/);
    expect(() => new Naming({ environment: Lazy.string({ produce: () => 'x' }) })).toThrow(
      /must be known at synthesis/,
    );
  });
});
