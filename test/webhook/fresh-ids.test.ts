import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRenaming } from '../../src/webhook/fresh-ids.js';
import { sampleFiles, sampleText } from './sample-files.js';

const CHECKOUT = 'CCO-8c4df2e6-8c0d-4fa6-bba8-4943038dd5c5';
const UUID = '8c4df2e6-8c0d-4fa6-bba8-4943038dd5c5';
const ADDRESS = '0xd954c250e68d2e4585a83d01c2f620ca0f9e94e5';
const HASH = 'c2544dd6e1c53529b877682127d16cff524f2867a57c5cc204e42eb2573e02e0';

const rename = createRenaming('7');
const renamed = (text: string) => Buffer.from(rename(Buffer.from(text))).toString();
const SHAPES =
  /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|0x[0-9a-f]{64}|0x[0-9a-f]{40}|[0-9a-f]{64}/g;

describe('fresh ids', () => {
  it('gives an id another one of the same form', () => {
    expect(renamed(`{"id":"${CHECKOUT}"}`)).toBe(
      '{"id":"CCO-786af195-1960-42ec-87c2-55a53cc9a714"}',
    );
  });

  it('gives the same id the same name wherever it is', () => {
    const [first, second] = renamed(
      `{"id":"${CHECKOUT}","acquiringUrl":"https:\\/\\/pay\\/${CHECKOUT}"}`,
    ).match(SHAPES) ?? [''];
    expect(first).toBe(second);
    expect(renamed(`{"other":1,"checkoutId":"${CHECKOUT}"}`)).toContain(first);
  });

  it('gives ids without a prefix, addresses and transactions new names too', () => {
    for (const id of [UUID, ADDRESS, `0x${HASH}`, HASH]) {
      expect(renamed(`{"x":"${id}"}`)).not.toContain(id);
      expect(renamed(`{"x":"${id}"}`)).toHaveLength(id.length + 8);
    }
  });

  it('takes an address in other letters for the same one', () => {
    const lower = renamed(ADDRESS);
    expect(renamed(ADDRESS.toUpperCase().replace('X', 'x'))).toBe(
      lower.toUpperCase().replace('X', 'x'),
    );
    expect(renamed(ADDRESS.replace('d954c', 'D954c'))).toBe(lower);
  });

  it.each(['CAP', 'ORP', 'PLAN', 'OWN'])('leaves the account its %s- ids', (prefix) => {
    expect(renamed(`{"x":"${prefix}-${UUID}"}`)).toBe(`{"x":"${prefix}-${UUID}"}`);
  });

  it('permutes the word that ends a reference, and adds one where there is none', () => {
    expect(renamed('{"clientOrderId":"order-00001042"}')).toMatch(
      /^\{"clientOrderId":"order-(?!00001042)[0-9a-f]{8}"\}$/,
    );
    expect(renamed('{"referenceId" : "7"}')).toMatch(/^\{"referenceId" : "7-[0-9a-f]{8}"\}$/);
    expect(renamed(String.raw`{"clientOrderId":"a\"b"}`)).toMatch(/:"a\\"b-[0-9a-f]{8}"\}$/);
  });

  it('makes an id in a reference fresh, and adds nothing to it', () => {
    expect(renamed(`{"clientOrderId":"shop-${UUID}"}`)).toBe(
      `{"clientOrderId":"shop-${renamed(UUID)}"}`,
    );
  });

  it('gives two references two names', () => {
    const references = Array.from({ length: 2_000 }, (_, number) => [
      `order-${number.toString(16).padStart(8, '0')}`,
      `order-${number}`,
    ]).flat();
    const fresh = references.map((reference) => renamed(`"clientOrderId":"${reference}"`));
    expect(new Set(fresh).size).toBe(references.length);
  });

  it('leaves a null reference and an empty one', () => {
    expect(renamed('{"clientOrderId":null,"referenceId":""}')).toBe(
      '{"clientOrderId":null,"referenceId":""}',
    );
  });

  it('gives other names with another seed', () => {
    const other = Buffer.from(createRenaming('8')(Buffer.from(CHECKOUT))).toString();
    expect(other).not.toBe(renamed(CHECKOUT));
  });

  it('leaves bytes that are no text as they are', () => {
    const body = Buffer.concat([Buffer.from([0xff, 0x00, 0xe9]), Buffer.from(` ${UUID}`)]);
    const fresh = Buffer.from(rename(body));
    expect(fresh.subarray(0, 4)).toEqual(body.subarray(0, 4));
    expect(fresh.subarray(4).toString()).toBe(renamed(UUID));
  });

  it('changes nothing else in any sample', () => {
    const holes = (text: string) =>
      text
        .replaceAll(SHAPES, '#')
        .replaceAll(/("(?:clientOrderId|referenceId)": "\w+-)\w{8}/g, '$1#');
    for (const path of sampleFiles()) {
      const sample = sampleText(path.replace('/', '.').replace('.json', ''));
      expect(holes(renamed(sample))).toBe(holes(sample));
      expect(renamed(sample)).not.toBe(sample);
    }
  });

  it('never makes two ids one', () => {
    fc.assert(
      fc.property(fc.uuid(), fc.uuid(), (one, other) => {
        expect(renamed(one) === renamed(other)).toBe(one === other);
      }),
    );
  });
});
