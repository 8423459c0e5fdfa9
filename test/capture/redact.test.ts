import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CaptureRecord } from '../../src/capture/record.js';
import { createRedaction } from '../../src/capture/redact.js';

const record = (body: string | Uint8Array): CaptureRecord => ({
  headers: [
    ['Host', 'shop.example'],
    ['Cookie', 'session=1'],
    ['cookie', 'session=2'],
  ],
  body: Buffer.from(body),
});
const redactedBody = (body: string, ...paths: string[]) => {
  const { record: shown, redacted } = createRedaction(paths)(record(body));
  return { body: Buffer.from(shown.body).toString(), redacted };
};

describe('a redacted copy', () => {
  it('replaces a value and keeps every other byte of the body', () => {
    expect(
      redactedBody('{ "a": 1.50, "payer": {"email":"x@y.z" ,"age":7}}\r\n', 'payer.email'),
    ).toEqual({
      body: '{ "a": 1.50, "payer": {"email":"[redacted]" ,"age":7}}\r\n',
      redacted: ['payer.email'],
    });
  });

  it('replaces whole objects, lists, numbers and words', () => {
    expect(
      redactedBody('{"a":{"b":[1,{}]},"c":[1],"d":-1.5e3,"e":null}', 'a', 'c', 'd', 'e').body,
    ).toBe('{"a":"[redacted]","c":"[redacted]","d":"[redacted]","e":"[redacted]"}');
  });

  it('goes through lists, or to one item', () => {
    const body = '{"items":[{"n":1},{"n":2}]}';
    expect(redactedBody(body, 'items.n').body).toBe(
      '{"items":[{"n":"[redacted]"},{"n":"[redacted]"}]}',
    );
    expect(redactedBody(body, 'items[1].n').body).toBe('{"items":[{"n":1},{"n":"[redacted]"}]}');
    expect(redactedBody(body, 'items.0').body).toBe('{"items":["[redacted]",{"n":2}]}');
  });

  it('takes * for any key', () => {
    expect(redactedBody('{"a":{"x":1},"b":{"x":2}}', '*.x').body).toBe(
      '{"a":{"x":"[redacted]"},"b":{"x":"[redacted]"}}',
    );
  });

  it('finds keys that are escaped or given twice', () => {
    expect(redactedBody('{"\\u0061":"\\"},","a":2}', 'a').body).toBe(
      '{"\\u0061":"[redacted]","a":"[redacted]"}',
    );
  });

  it('says what it replaced, which may be nothing', () => {
    expect(redactedBody('{"a":1}', 'b.c')).toEqual({ body: '{"a":1}', redacted: [] });
  });

  it('replaces headers by name, in any case, and leaves the others', () => {
    const { record: shown, redacted } = createRedaction(['headers.COOKIE'])(record('{"a":1}'));
    expect(shown.headers).toEqual([
      ['Host', 'shop.example'],
      ['Cookie', '[redacted]'],
      ['cookie', '[redacted]'],
    ]);
    expect(redacted).toEqual(['headers.COOKIE']);
  });

  it('reaches a field called headers through body', () => {
    expect(redactedBody('{"headers":{"a":1}}', 'body.headers.a').body).toBe(
      '{"headers":{"a":"[redacted]"}}',
    );
  });

  it('replaces a body it cannot look into, because what is in it is not known', () => {
    expect(redactedBody('email=x@y.z', 'email')).toEqual({
      body: '[redacted]',
      redacted: ['body'],
    });
    const deep = `${'['.repeat(2_000)}${']'.repeat(2_000)}`;
    expect(redactedBody(deep, 'a').body).toBe('[redacted]');
  });

  it('never changes what it is given', () => {
    const given = record('{"a":1}');
    createRedaction(['a', 'headers.Host'])(given);
    expect(given).toEqual(record('{"a":1}'));
  });

  it('refuses a path that names nothing', () => {
    expect(() => createRedaction(['a..b'])).toThrow('`a..b` names nothing that can be redacted.');
    expect(() => createRedaction(['headers'])).toThrow('`headers` names nothing');
  });

  it('leaves no trace of a value, whatever the body', () => {
    const secret = 'S3CR3T';
    const body = fc
      .jsonValue()
      .map((value) => ({ around: value, payer: { email: secret }, b: value }));
    fc.assert(
      fc.property(body, fc.constantFrom(undefined, 1, '\t'), (value, indent) => {
        const text = JSON.stringify(value, undefined, indent);
        const shown = redactedBody(text, 'payer.email').body;
        expect(shown).not.toContain(secret);
        expect(JSON.parse(shown)).toEqual(JSON.parse(text.replace(`"${secret}"`, '"[redacted]"')));
      }),
    );
  });
});
