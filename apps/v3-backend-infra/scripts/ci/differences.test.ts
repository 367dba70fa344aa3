import type { AppStatus, StackStatus } from '@v3-backend/nx-cdk';
import { differencesOf } from './differences';

const SOUND: StackStatus = {
  name: 'alb',
  stackName: 'v3-backend-staging-alb',
  phase: '4A',
  status: 'UPDATE_COMPLETE',
  lastUpdated: '2026-01-01T00:00:00Z',
  imageTag: null,
  drift: { changes: null, compared: 12, notCompared: 3 },
  next: { action: 'unchanged', reason: 'it equals what is deployed' },
};

/** What differs in an environment of one stack. */
function differences(stack: Partial<StackStatus> = {}, environment: Partial<AppStatus> = {}): string[] {
  return differencesOf({
    environment: 'staging',
    account: '222222222222',
    region: 'eu-west-1',
    lock: null,
    deployedCommit: null,
    begunSince: [],
    problems: [],
    notices: [],
    noLongerPartOfTheApp: [],
    stacks: [{ ...SOUND, ...stack }],
    ...environment,
  });
}

describe('an environment differs', () => {
  test('not where every stack is what CloudFormation made of it, and nothing would ship', () => {
    expect(differences()).toEqual([]);
    expect(differences({ drift: undefined }, { lock: 'somebody', notices: ['something'] })).toEqual([]);
  });

  test('where a stack would ship, with the reason', () => {
    const next = { action: 'update', reason: '1 resource changed: Listener' };
    expect(differences({ next })).toEqual(['alb: a deploy would update: 1 resource changed: Listener']);
  });

  test('where something was changed by hand, and where nobody can tell', () => {
    const drift = { changes: 'changed by hand: Rule was deleted', compared: 12, notCompared: 0, problem: 'throttled' };
    expect(differences({ drift })).toEqual([
      'alb: was changed by hand: Rule was deleted',
      'alb: could not be compared with what is there: throttled',
    ]);
  });

  test('where a stack is left over, and where a deploy would be refused', () => {
    const found = differences({}, { noLongerPartOfTheApp: ['v3-backend-staging-old'], problems: ['no bootstrap'] });
    expect(found).toEqual([
      'v3-backend-staging-old is deployed, but no longer part of the app',
      'A deploy would be refused: no bootstrap',
    ]);
  });
});
