import { callNames, callsOf, type Figure, isMet, median, ratio, seconds } from './figures';

const figure = (side: string, times: number[], calls: Record<string, number> = {}): Figure => ({
  side,
  samples: times.map((milliseconds) => ({ milliseconds, calls })),
});

describe('figures', () => {
  test('the median of an odd number of values is the one in the middle, of an even number the mean of two', () => {
    expect(median([30, 10, 20])).toBe(20);
    expect(median([40, 10, 20, 30])).toBe(25);
    expect(() => median([])).toThrow('no values');
  });

  test('a time is told with its range, where there was more than one run', () => {
    expect(seconds(figure('ours', [1200, 1100, 1400]))).toBe('1.2 s (1.1 to 1.4)');
    expect(seconds(figure('ours', [1200]))).toBe('1.2 s');
  });

  test('a ratio compares medians, and a target is met up to its limit', () => {
    const measured = ratio(figure('ours', [100, 900, 200]), figure('theirs', [400, 400, 400]));
    expect(measured).toBe(0.5);
    expect(isMet({ claim: 'half', measured, limit: 0.5 })).toBe(true);
    expect(isMet({ claim: 'a quarter', measured, limit: 0.25 })).toBe(false);
  });

  test('calls that change something are told apart from those that read', () => {
    const calls = {
      'cloudformation:DescribeStacks': 3,
      'sts:AssumeRole': 1,
      'cloudformation:UpdateStack': 2,
      's3:PutObject': 1,
    };
    expect(callsOf(figure('theirs', [1], calls))).toEqual({ reading: 4, changing: 3 });
    expect(callNames(figure('theirs', [1], calls))).toBe(
      '3 cloudformation:DescribeStacks, 2 cloudformation:UpdateStack, 1 s3:PutObject, 1 sts:AssumeRole',
    );
    expect(callNames(figure('ours', [1]))).toBe('none');
  });
});
