import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { diagnose } from '../../src/diagnosis/diagnose.js';
import { Secret } from '../../src/webhook/secret.js';

/** What `test/diagnosis/languages/make-cases.py` wrote: bodies that real programs wrote again. */
interface LanguageFile {
  readonly secret: string;
  readonly versions: Readonly<Record<string, string>>;
  readonly bodies: readonly { readonly body: string; readonly digest: string }[];
  readonly cases: readonly {
    readonly language: string;
    readonly way: string;
    /** Index into the bodies. */
    readonly body: number;
    readonly written: string;
    /** Of what was written. */
    readonly digest: string;
  }[];
}

const FILE = new URL('../../fixtures/diagnosis/languages.json', import.meta.url);
const { secret, versions, bodies, cases }: LanguageFile = JSON.parse(readFileSync(FILE, 'utf8'));
const options = { secrets: [Secret.fromText(secret)], alsoSecrets: [], secretNames: [] };

function causeOf(body: string, digest: string): string | undefined {
  const entry = { body: Buffer.from(body), digest, headers: [], neighbours: [] };
  return diagnose(entry, options).cause?.id;
}

test('every language has been run', () => {
  expect(Object.keys(versions)).toHaveLength(23);
  expect(Object.values(versions)).not.toContain('not run');
});

describe('a hash over what a language wrote again is explained as that', () => {
  test.each(cases)('$language $way $body', ({ body, digest }) => {
    const cause = causeOf(bodies[body]?.body ?? '', digest);
    for (const id of cause?.split('+') ?? ['none']) expect(id).toMatch(/^body\//);
  });
});

describe('a capture that a language wrote again is never called a wrong hash where it shows', () => {
  /** Laid out, spaced, with padded exponents, or with numbers made longer: not as Inqud sends it. */
  const SHOWS = /^\{\n|": |e[+-]0\d|\d\.\d{16}/;
  const shown = cases.filter(({ written }) => SHOWS.test(written));

  test.each(shown)('$language $way $body', ({ body, written }) => {
    const cause = causeOf(written, bodies[body]?.digest ?? '');
    for (const id of cause?.split('+') ?? []) expect(id).toMatch(/^capture\//);
  });
});
