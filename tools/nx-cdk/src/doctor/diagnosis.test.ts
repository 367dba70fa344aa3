import { diagnosisText } from '../report/diagnosis-text';
import { patientWith } from '../testing/patient';
import { type Check, ok, problem } from './check';
import { examine } from './diagnosis';

const check = (name: string, run: Check['run'], notReal?: string): Check => ({ name, run, notReal });
const fine = check('fine', () => Promise.resolve([ok('as it should be')]));
const broken = check('broken', () => Promise.resolve([problem('it is not there', 'make it\nand wait')]));
const refused = check('refused', () => Promise.reject(new Error('not allowed to look')));

const AWS = { environment: 'test', endpoint: null };

describe('the doctor', () => {
  test('says what is wrong and what helps, and is content only without a problem', async () => {
    const diagnosis = await examine([fine, broken], patientWith({}), AWS);
    expect(diagnosis.ok).toBe(false);
    expect(diagnosisText(diagnosis)).toBe(
      [
        'fine',
        '  ✔ as it should be',
        'broken',
        '  ✖ it is not there',
        '      make it',
        '      and wait',
        '',
        '✖ test: 1 to be mended, 1 in order',
      ].join('\n'),
    );
  });

  test('does not take for wrong what AWS does not answer', async () => {
    const diagnosis = await examine([fine, refused], patientWith({}), AWS);
    expect(diagnosis).toMatchObject({ ok: true, checks: [{}, { findings: [{ result: 'not checkable here' }] }] });
    expect(diagnosisText(diagnosis)).toMatch(/ {2}\? not allowed to look\n\n✔ test has no problem, 1 in order, 1 not/);
  });

  test('does not ask a local endpoint for what is not real there', async () => {
    const asked = jest.fn(broken.run);
    const local = { environment: 'test', endpoint: 'http://127.0.0.1:1' };
    const diagnosis = await examine([fine, check('unreal', asked, 'nothing costs anything')], patientWith({}), local);
    expect(asked).not.toHaveBeenCalled();
    expect(diagnosis.checks[1]!.findings).toEqual([
      { result: 'not checkable here', text: 'nothing costs anything (http://127.0.0.1:1)' },
    ]);
  });
});
