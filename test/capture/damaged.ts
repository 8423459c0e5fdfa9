import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { CAPTURE_FORMATS } from '../../src/capture/registry.js';

/** Every file that shows a format, so that a new reader is tried as soon as it has one. */
const FILES = ['../../fixtures/captures/', '../cli/fixtures/verify/'].flatMap((folder) => {
  const url = new URL(folder, import.meta.url);
  return readdirSync(url, { withFileTypes: true })
    .filter((entry) => entry.isFile() && !/\.(?:md|gz)$/.test(entry.name))
    .map(({ name }) => readFileSync(new URL(name, url)));
});

interface Damage {
  readonly at: number;
  readonly drop: number;
  readonly add: Uint8Array;
}

const TOKENS = [
  '"',
  "'",
  '\\',
  '{',
  '}',
  '[',
  '\n',
  '\r\n',
  '0',
  '$',
  '$(',
  '`',
  ';',
  '<<A',
  'curl -d ',
  '\\"',
  '###\n',
  ': {\n',
  '[Object]',
  'POST / HTTP/1.1\n',
];
const damages = fc.array(
  fc.record<Damage>({
    at: fc.nat(10_000),
    drop: fc.oneof(fc.nat(4), fc.nat(3000)),
    add: fc.oneof(
      fc.constantFrom(...TOKENS).map((token) => Buffer.from(token)),
      fc.uint8Array({ maxLength: 4 }),
    ),
  }),
  { maxLength: 4 },
);

/** A file of each format with pieces taken out and put in. */
export const damagedFile = fc.tuple(fc.constantFrom(...FILES), damages).map(damage);

export const anyFormat = fc.option(fc.constantFrom(...CAPTURE_FORMATS), { nil: undefined });

/** Where the logs among the files keep body and digest. */
export const FIELDS = {
  bodyField: 'request.body',
  digestField: 'request.headers.x-payload-digest',
};
export const anyFields = fc.constantFrom(FIELDS, { bodyField: 'body', digestField: 'digest' });

function damage([file, changes]: [Buffer, readonly Damage[]]): Buffer {
  return changes.reduce((bytes, { at, drop, add }) => {
    const start = at % (bytes.length + 1);
    return Buffer.concat([bytes.subarray(0, start), add, bytes.subarray(start + drop)]);
  }, file);
}
