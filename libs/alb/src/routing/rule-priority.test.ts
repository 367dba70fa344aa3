import type { RouteOptions } from '../index';
import { automaticPriority, specificityBand } from './rule-priority';

const priorityOf = (options: RouteOptions, address = 'c8aaaa') => automaticPriority(address, options);

describe('automatic priorities', () => {
  test('follow from specificity: host before path before everything else', () => {
    const ordered: RouteOptions[] = [
      { hosts: ['a.example.com'], paths: ['/v1/orders'], methods: ['GET'] },
      { hosts: ['a.example.com'], paths: ['/v1/orders'] },
      { hosts: ['a.example.com'] },
      { hosts: ['*.example.com'], paths: ['/v1/orders'] },
      { hosts: ['*.example.com'] },
      { paths: ['/v1/orders'] },
      { paths: ['/a/b/c/d/e/f/g/*'] },
      { paths: ['/v1/orders/*'], headers: { 'x-beta': ['yes'] } },
      { paths: ['/v1/orders/*'] },
      { paths: ['/v1/*'], queryParameters: { beta: 'yes' } },
      { paths: ['/v1/*'] },
      { sourceCidrs: ['10.0.0.0/8'] },
      { paths: ['/*'] },
    ];
    const bands = ordered.map(specificityBand);
    expect([...bands].sort((a, b) => a - b)).toEqual(bands);
    expect(new Set(bands).size).toBe(bands.length);
  });

  test('take the least specific of several hosts or paths', () => {
    expect(specificityBand({ paths: ['/v1/orders/*', '/*'] })).toBe(specificityBand({ paths: ['/*'] }));
    expect(specificityBand({ hosts: ['a.example.com', '*.example.com'] })).toBe(
      specificityBand({ hosts: ['*.example.com'] }),
    );
  });

  test('count segments before the first wildcard, at most seven of them', () => {
    expect(specificityBand({ paths: ['/img-*'] })).toBe(specificityBand({ paths: ['/img/*'] }));
    expect(specificityBand({ paths: ['/a/b/c/d/e/f/g/h/i/*'] })).toBe(specificityBand({ paths: ['/a/b/c/d/e/f/g/*'] }));
    expect(specificityBand({ paths: ['*.jpg'] })).toBe(specificityBand({ paths: ['/*'] }));
  });

  test('are between those that people choose and the rule for whatever is left', () => {
    const first = { hosts: ['a.example.com'], paths: ['/'], methods: ['GET'] };
    for (let index = 0; index < 2000; index++) {
      expect(priorityOf(first, `${index}`)).toBeGreaterThanOrEqual(10_000);
      expect(priorityOf({ paths: ['/*'] }, `${index}`)).toBeLessThanOrEqual(47_799);
    }
  });

  test('of routes of equal specificity differ by the construct’s address', () => {
    const priorities = new Set(Array.from({ length: 20 }, (_, index) => priorityOf({ paths: ['/*'] }, `${index}`)));
    expect(priorities.size).toBeGreaterThan(15);
  });

  test('never change from one release to the next, which would move the rules of every deployed load balancer', () => {
    expect(priorityOf({ paths: ['/v1/*'] }, 'c8c7f7e1')).toBe(46_129);
  });
});
