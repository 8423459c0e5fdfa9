import fc from 'fast-check';
import { CAPTURE_FORMATS } from '../../src/capture/registry.js';
import { fixture } from './fixtures.js';

const FILES = [
  'captures.ndjson',
  'proxy.http',
  'netcat.http',
  'browser.har',
  'replay.sh',
  'api-gateway-v1.json',
  'api-gateway-v2.json',
  'load-balancer.json',
  'lambda.log',
  'ngrok.json',
  'webhook-site.json',
  'webhook-site.csv',
  'application.jsonl',
  'checkout-success.json',
];

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
export const damagedFile = fc.tuple(fc.constantFrom(...FILES.map(fixture)), damages).map(damage);

export const anyFormat = fc.option(fc.constantFrom(...CAPTURE_FORMATS), { nil: undefined });

/** Where the application's log among the files keeps body and digest. */
export const FIELDS = {
  bodyField: 'request.body',
  digestField: 'request.headers.x-payload-digest',
};

function damage([file, changes]: [Buffer, readonly Damage[]]): Buffer {
  return changes.reduce((bytes, { at, drop, add }) => {
    const start = at % (bytes.length + 1);
    return Buffer.concat([bytes.subarray(0, start), add, bytes.subarray(start + drop)]);
  }, file);
}
