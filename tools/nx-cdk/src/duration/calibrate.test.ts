import { type CalibrationEvent, durationsIn, measuredFigures } from './calibrate';
import { parseEvents } from './events-file';
import { FIGURES } from './figures';
import { parseFigures } from './figures-file';

const event = (at: number, status: string, id = 'Nat', more: Partial<CalibrationEvent> = {}): CalibrationEvent => ({
  StackId: 'arn:stack',
  LogicalResourceId: id,
  PhysicalResourceId: 'nat-1',
  ResourceType: 'AWS::EC2::NatGateway',
  ResourceStatus: status,
  Timestamp: new Date(at * 1000).toISOString(),
  ...more,
});

describe('calibration', () => {
  test('takes the time from the first event of an operation to its end, whatever the order of the events', () => {
    const events = [event(130, 'CREATE_COMPLETE'), event(12, 'CREATE_IN_PROGRESS'), event(10, 'CREATE_IN_PROGRESS')];
    expect(durationsIn(events).get('AWS::EC2::NatGateway')).toEqual({ create: [120], update: [], delete: [] });
  });

  test('leaves out the stack itself, what failed, and what has no beginning', () => {
    const itself = { PhysicalResourceId: 'arn:stack', ResourceType: 'AWS::CloudFormation::Stack' };
    const events = [
      event(1, 'CREATE_IN_PROGRESS', 'stack', itself),
      event(9, 'CREATE_COMPLETE', 'stack', itself),
      event(1, 'CREATE_IN_PROGRESS', 'A'),
      event(2, 'CREATE_FAILED', 'A'),
      event(3, 'DELETE_COMPLETE', 'B'),
    ];
    expect(durationsIn(events).size).toBe(0);
  });

  test('gives median and 95th percentile, and keeps the built-in figure of an operation that did not occur', () => {
    const events = [100, 110, 150].flatMap((duration, index) => [
      event(0, 'CREATE_IN_PROGRESS', `N${index}`),
      event(duration, 'CREATE_COMPLETE', `N${index}`),
    ]);
    const { 'AWS::EC2::NatGateway': nat } = measuredFigures(durationsIn(events), 'measured, 2026-01-01');
    expect(nat).toEqual({
      create: { typical: 110, high: 150 },
      update: FIGURES['AWS::EC2::NatGateway']!.update,
      delete: FIGURES['AWS::EC2::NatGateway']!.delete,
      source: 'measured, 2026-01-01: 3 create, 0 update, 0 delete',
    });
    expect(parseFigures(JSON.stringify({ 'AWS::EC2::NatGateway': nat }), 'f.json')).toEqual({
      'AWS::EC2::NatGateway': nat,
    });
  });

  test('files that are something else are refused with what is wrong', () => {
    expect(parseEvents(JSON.stringify({ StackEvents: [event(1, 'CREATE_COMPLETE')] }), 'e.json')).toHaveLength(1);
    expect(() => parseEvents('{"Stacks": []}', 'e.json')).toThrow('e.json is not an answer of DescribeStackEvents');
    expect(() => parseEvents('no', 'e.json')).toThrow('e.json');
    const inverted = { create: { typical: 2, high: 1 }, update: 1, source: 'x' };
    expect(() => parseFigures(JSON.stringify({ 'AWS::EC2::VPC': inverted }), 'f.json')).toThrow(
      /f\.json is invalid.*create.*"high".*\n.*update.*\n.*delete/s,
    );
  });
});
