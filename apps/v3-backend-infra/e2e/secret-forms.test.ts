import { formsOf, secretParts } from './secret-forms';

const PASSWORD = 'p@4"ss+by/hand==&';

describe('the value of a secret', () => {
  test('has what is a password or a key in it', () => {
    expect(secretParts(JSON.stringify({ username: 'api', password: PASSWORD, apiKey: 'k' }))).toEqual([PASSWORD, 'k']);
    const url = `postgresql://api:${PASSWORD}@database.example.com:5432/v3?sslmode=require`;
    expect(secretParts(url)).toEqual([url, PASSWORD]);
    expect(secretParts(PASSWORD)).toEqual([PASSWORD]);
  });

  const object = (value: string) => JSON.stringify({ value });
  const base64 = (text: string) => Buffer.from(text).toString('base64');
  test.each([
    ['as it is', PASSWORD],
    ['in JSON', object(PASSWORD)],
    ['in JSON within JSON', object(object(PASSWORD))],
    ['in a URL', encodeURIComponent(PASSWORD)],
    ...[0, 1, 2].flatMap((offset): [string, string][] => {
      const before = 'x'.repeat(offset);
      return [
        [`in base64 at ${offset}`, base64(`${before}${PASSWORD}, and more`)],
        [`at the end of base64 at ${offset}`, base64(`${before}${PASSWORD}`)],
        [`in base64 of JSON at ${offset}`, base64(before + object(object(PASSWORD)))],
      ];
    }),
  ])('is found %s', (_, written) => {
    expect(formsOf(PASSWORD).some((form) => written.includes(form))).toBe(true);
  });

  test('is not found in what has almost all of it', () => {
    const almost = PASSWORD.slice(1);
    const written = [almost, object(almost), base64(almost), base64(`x${almost}`), base64(`xx${almost}`)];
    expect(formsOf(PASSWORD).filter((form) => written.some((text) => text.includes(form)))).toEqual([]);
  });
});
