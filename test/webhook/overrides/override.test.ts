import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { HookError } from '../../../src/errors.js';
import { applyOverride } from '../../../src/webhook/overrides/apply-override.js';
import { parseOverride, pathText } from '../../../src/webhook/overrides/parse-override.js';
import { type BodyNode, jsonParts, readBody } from '../../../src/webhook/rendering/body-tree.js';

const json = (node: BodyNode) => jsonParts(node).join('');
const valueText = (text: string) => json(parseOverride(text).value);
const changed = (body: string, ...overrides: readonly string[]) =>
  json(overrides.map(parseOverride).reduce(applyOverride, readBody(body)));

function refusal(action: () => unknown): HookError {
  try {
    action();
  } catch (error) {
    if (error instanceof HookError) return error;
    throw error;
  }
  throw new Error('It was accepted');
}

describe('the path of an override', () => {
  it.each([
    ['amount=1', ['amount']],
    ['request.payment.amount=1', ['request', 'payment', 'amount']],
    ['items.0.name=x', ['items', '0', 'name']],
    ['items[0].name=x', ['items', 0, 'name']],
    ['grid[1][2]=x', ['grid', 1, 2]],
    ['a\\.b.c=1', ['a.b', 'c']],
    ['a\\=b=1', ['a=b']],
    ['a\\[0\\]=1', ['a[0]']],
    ['a\\\\.b=1', ['a\\', 'b']],
    ['__proto__.x=1', ['__proto__', 'x']],
    [' spaced key=1', [' spaced key']],
  ])('in %j is read as keys and indexes', (text, path) => {
    expect(parseOverride(text).path).toEqual(path);
  });

  it.each(['=1', '.a=1', 'a.=1', 'a..b=1', 'a[x]=1', 'a[-1]=1', 'a[0=1', 'a]=1', 'a[0]b=1'])(
    'may not be written as in %j',
    (text) => {
      const path = text.slice(0, text.lastIndexOf('='));
      expect(refusal(() => parseOverride(text))).toMatchObject({
        code: 'bad-override',
        message: `"${path}" is not a path into a body.`,
      });
    },
  );

  it('reads back as it is shown', () => {
    const step = fc.oneof(fc.string({ minLength: 1, unit: 'binary' }), fc.nat(9));
    fc.assert(
      fc.property(fc.array(step, { minLength: 1 }), (path) => {
        expect(parseOverride(`${pathText(path)}=1`).path).toEqual(path);
      }),
    );
  });
});

describe('the value of an override', () => {
  it.each([
    ['a=1.0', '1.0'],
    ['a=1e3', '1e3'],
    ['a=-0', '-0'],
    ['a=12345678901234567890.123456789', '12345678901234567890.123456789'],
    ['a=true', 'true'],
    ['a=null', 'null'],
    ['a={"b": [1.50, "x"]}', '{"b":[1.50,"x"]}'],
    ['a={"__proto__":{"x":1}}', '{"__proto__":{"x":1}}'],
    ['a="1.0"', '"1.0"'],
    ['a=""', '""'],
  ])('in %j is JSON', (text, value) => {
    expect(valueText(text)).toBe(value);
  });

  it.each([
    ['a=EXPIRED', '"EXPIRED"'],
    ['a=', '""'],
    ['a=b=c', '"b=c"'],
    ['a=01', '"01"'],
    ['a=+1', '"+1"'],
    ['a={oops', '"{oops"'],
    ['a={"b":1,"b":2}', '"{\\"b\\":1,\\"b\\":2}"'],
    ['a=line\nbreak', '"line\\nbreak"'],
    ['a=żółć ☕', '"żółć ☕"'],
    ['a= padded ', '" padded "'],
  ])('in %j is a string', (text, value) => {
    expect(valueText(text)).toBe(value);
  });

  it('is needed', () => {
    expect(refusal(() => parseOverride('amount'))).toMatchObject({
      code: 'bad-override',
      message: '"amount" says no value: there is no "=" in it.',
      hint: 'Write path=value, e.g. amount=12.50, request.status=EXPIRED or items[0].name=tea.',
    });
  });
});

describe('an override', () => {
  it('changes a value in its place', () => {
    expect(changed('{"a":1,"b":{"c":2.50},"d":3}', 'b.c=x', 'a=9')).toBe(
      '{"a":9,"b":{"c":"x"},"d":3}',
    );
  });

  it('adds a member at the end, with all that it is in', () => {
    expect(changed('{"a":1}', 'b.c.d=true')).toBe('{"a":1,"b":{"c":{"d":true}}}');
    expect(changed('{"a":1}', 'b[0].c=2')).toBe('{"a":1,"b":[{"c":2}]}');
    expect(changed('{"a":1}', '7.8=2')).toBe('{"a":1,"7":{"8":2}}');
  });

  it('changes items of an array, or adds the next', () => {
    expect(changed('{"a":[1,2,3]}', 'a.1=x')).toBe('{"a":[1,"x",3]}');
    expect(changed('{"a":[1,2,3]}', 'a[1]=x')).toBe('{"a":[1,"x",3]}');
    expect(changed('{"a":[1]}', 'a.1.b=2', 'a[2]=3')).toBe('{"a":[1,{"b":2},3]}');
  });

  it('knows no special keys', () => {
    expect(changed('{"a":1}', '__proto__.x=1', 'constructor.prototype.y=2')).toBe(
      '{"a":1,"__proto__":{"x":1},"constructor":{"prototype":{"y":2}}}',
    );
    expect(Object.keys(Object.prototype)).toEqual([]);
  });

  it.each([
    ['{"a":null}', 'a.b=1', '"a.b" cannot be set: "a" is null, so it has nothing inside.'],
    ['{"a":"x"}', 'a.b.c=1', '"a.b.c" cannot be set: "a" is a string, so it has nothing inside.'],
    ['{"a":-1}', 'a[0]=1', '"a[0]" cannot be set: "a" is a number, so it has nothing inside.'],
    ['{"a":{}}', 'a[0]=1', '"a[0]" cannot be set: "a" is an object, not an array.'],
    ['{"a":[1]}', 'a.2=1', '"a.2" cannot be set: "a" is an array, where 0 to 1 fit, not "2".'],
    ['{"a":[]}', 'a.b=1', '"a.b" cannot be set: "a" is an array, where only 0 fits, not "b".'],
    ['{"a":[1]}', 'a.01=1', '"a.01" cannot be set: "a" is an array, where 0 to 1 fit, not "01".'],
    ['{}', 'a[1]=1', '"a[1]" cannot be set: "a" is an array, where only 0 fits, not "1".'],
    ['{}', '[0]=1', '"[0]" cannot be set: the body is an object, not an array.'],
  ])('of %s does not fit as %s', (body, override, message) => {
    expect(refusal(() => changed(body, override))).toMatchObject({ code: 'bad-override', message });
  });

  it('that does not fit is told how to fit', () => {
    expect(refusal(() => changed('{"a":null}', 'a.b=1')).hint).toBe('Set all of it: a={…}');
  });
});
