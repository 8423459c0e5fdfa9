import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { diagnose } from '../../src/diagnosis/diagnose.js';
import * as languages from '../../src/diagnosis/json/languages.js';
import { jsonSource } from '../../src/diagnosis/json/source.js';
import { type JsonStyle, writeJson } from '../../src/diagnosis/json/write.js';
import { createSigner } from '../../src/webhook/digest.js';
import { Secret } from '../../src/webhook/secret.js';

/** Every rewriting that is modelled, by its name and its place in the list of that name. */
const rewritings = Object.entries(languages)
  .flatMap(([name, styles]) =>
    name === 'prettyStyles'
      ? Object.entries(styles).map(([layout, inside]) => [`${name}.${layout}`, inside] as const)
      : [[name, styles] as const],
  )
  .flatMap(([name, styles]) =>
    stylesIn(styles).map((style, index) => ({ name: `${name} ${index}`, style })),
  );

/** Databases never leave the members in the order they came in. */
const inOrder = rewritings.filter(
  ({ name }) => !/^(?:database(?:Pretty)?Styles|mariadbNormalStyles) /.test(name),
);

function stylesIn(value: unknown): readonly JsonStyle[] {
  if (typeof value !== 'object' || value === null) return [];
  if ('layout' in value) return [value as JsonStyle];
  return Array.isArray(value) ? value : [];
}

const secret = Secret.fromText('a secret for properties');
const sign = createSigner(secret);
const options = { secrets: [secret], alsoSecrets: [], secretNames: [] };

function causeOf(body: Uint8Array, digest: string): string {
  const entry = { body: Buffer.from(body), digest, headers: [], neighbours: [] };
  return diagnose(entry, options).cause?.id ?? 'none';
}

const word = fc.string({
  unit: fc.constantFrom(...'abcXYZ019 _-', 'é', '€', '😀', '/', '<', '&', "'", '"', '\\', '\n'),
  maxLength: 12,
});
const amount = fc
  .tuple(fc.nat(1_000_000), fc.integer({ min: 0, max: 12 }))
  .map(([units, places]) =>
    `${units}`
      .padStart(places + 1, '0')
      .replace(new RegExp(`(\\d{${places}})$`), places === 0 ? '' : '.$1'),
  );
const scalar = fc.oneof(
  word.map((text) => JSON.stringify(text)),
  amount,
  fc.constantFrom(
    'null',
    'true',
    'false',
    '0.1',
    '149.72034',
    '1e-7',
    '1.50',
    '100.0',
    '12345678901234567890',
  ),
);
const name = fc.constantFrom('id', 'status', 'amount', 'paidAmount', 'note', 'createdAt', 'a', 'b');
/** A body as a processor sends it: compact JSON, with text and numbers of every kind. */
const body = fc
  .uniqueArray(fc.tuple(name, fc.oneof(scalar, nested())), {
    selector: ([key]) => key,
    minLength: 3,
    maxLength: 8,
  })
  .map((members) => `{${members.map(([key, value]) => `"${key}":${value}`).join(',')}}`);

function nested() {
  return fc.oneof(
    fc.array(scalar, { maxLength: 3 }).map((items) => `[${items.join(',')}]`),
    fc
      .uniqueArray(fc.tuple(name, scalar), { selector: ([key]) => key, maxLength: 3 })
      .map((members) => `{${members.map(([key, value]) => `"${key}":${value}`).join(',')}}`),
  );
}

function rewrite(text: string, style: JsonStyle): string {
  return writeJson(
    jsonSource(() => Buffer.from(text).toString('latin1')),
    style,
  ).toString();
}

describe('of any body, rewritten in any way that is modelled', () => {
  it('a hash over what was written is explained by the body', () => {
    fc.assert(
      fc.property(body, fc.constantFrom(...inOrder), (text, { style }) => {
        const written = rewrite(text, style);
        fc.pre(written !== text);
        expect(causeOf(Buffer.from(text), sign(Buffer.from(written)))).toMatch(/^body\//);
      }),
      { numRuns: 400, seed: 1 },
    );
  });

  it('a capture that shows how it was written is never called a wrong hash', () => {
    fc.assert(
      fc.property(body, fc.constantFrom(...rewritings), (text, { style }) => {
        const written = rewrite(text, style);
        fc.pre(/^\{\n|": |e[+-]0\d/.test(written) && written !== text);
        expect(causeOf(Buffer.from(written), sign(Buffer.from(text)))).not.toMatch(/^body\//);
      }),
      { numRuns: 400, seed: 2 },
    );
  });
});
