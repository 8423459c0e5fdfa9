import { createHmac } from 'node:crypto';
import { describe, expect, test, vi } from 'vitest';
import { checkReceiver } from '../../../src/library/check-receiver.js';
import { formatPlan, plan } from '../../../src/library/index.js';
import { CATALOGUE } from '../../../src/webhook/catalogue.js';
import { eventNames, spelled } from '../../../src/webhook/kinds/names.js';
import { recognise } from '../../../src/webhook/kinds/recognise.js';
import { type MemoryRequest, MemoryServer } from '../../memory-server.js';
import { inqudHook, newFolder } from '../../world.js';
import { sampleText } from '../sample-files.js';
import { complaintsOfEvent, complaintsOfKind } from './validators.js';

vi.setConfig({ testTimeout: 90_000 });

const SECRET = 'hook-secret-1';
const utf8 = new TextDecoder();
const EVENTS = eventNames();
const EVERY_EVENT = EVENTS.map(({ text }) => text).sort();

/** Sent by `payload/unknown-status` on purpose: no event of Inqud's has it. */
const MADE_UP = 'INQUD_HOOK_UNKNOWN';

/** The event that a body is about, as it says so itself, however its letters are escaped. */
function eventOf(body: Uint8Array): string {
  const content = JSON.parse(utf8.decode(body));
  const { kind } = recognise(Buffer.from(JSON.stringify(content)));
  return `${kind?.kind}.${spelled(content.status)}`;
}

/** What the schemas of their events say against bodies, each complaint once. */
function complaintsOf(bodies: readonly Uint8Array[]): readonly string[] {
  const complaints = bodies.flatMap((body) => complaintsOfEvent(eventOf(body), utf8.decode(body)));
  return [...new Set(complaints)];
}

function eventsIn(bodies: readonly Uint8Array[]): readonly string[] {
  return [...new Set(bodies.map(eventOf))].sort();
}

describe('a sample is valid', () => {
  test.each(EVENTS)('$text', ({ text, kind, status }) => {
    const sample = sampleText(text);
    expect(complaintsOfKind(kind.kind, sample)).toEqual([]);
    expect(complaintsOfEvent(text, sample)).toEqual([]);
    for (const other of kind.statuses.filter(({ name }) => name !== status.name)) {
      expect(complaintsOfEvent(`${kind.kind}.${other.name}`, sample)).toEqual([
        '/status must be equal to constant',
      ]);
    }
  });
});

describe('what Inqud leaves open is allowed', () => {
  const checkout = JSON.parse(sampleText('checkout.success'));
  const complaints = (change: object) =>
    complaintsOfKind('checkout', JSON.stringify({ ...checkout, ...change }));

  test.each([
    ['a field that nobody knows', { loyaltyPoints: 7 }],
    ['a status that is not known yet', { status: 'REFUNDED' }],
    ['a null where samples have one', { request: null, lastUpdatedAt: null, reason: null }],
    ['a null where an example is no proof against it', { name: null, returnUrl: null }],
    ['a reason that is not known yet', { reason: 'LATE' }],
    ['an amount with more digits', { fixedAmount: { currency: 'USD', amount: 0.123456789012 } }],
    ['no fraction of a second, or nine digits', { createdAt: '2026-03-02T09:17:26Z' }],
  ])('%s', (_what, change) => {
    expect(complaints(change)).toEqual([]);
  });

  test.each([
    ['an amount as text', { fixedAmount: { currency: 'USD', amount: '149.9' } }],
    ['the id of something else', { id: 'PMT-becdeaef-cee3-4814-98f8-bb0d4e19da62' }],
    ['no status', { status: undefined }],
    ['a time of another zone', { createdAt: '2026-03-02T09:17:26+02:00' }],
  ])('but not %s', (_what, change) => {
    expect(complaints(change)).not.toEqual([]);
  });
});

test('no more is wanted of a checkout than its id and its status', () => {
  const { id, status } = JSON.parse(sampleText('checkout.success'));
  expect(complaintsOfEvent('checkout.success', JSON.stringify({ id, status }))).toEqual([]);
});

describe('every body that a run sends is valid', () => {
  const lives = CATALOGUE.kinds.flatMap(({ kind, statuses }) =>
    statuses.map(({ name }) => `${kind}:${name}`),
  );

  test('of all lives, which end in every status, with --chaos', async () => {
    const { bodies, outside } = receiver();
    const all = plan({ lifecycles: lives, resources: 100, chaos: true, seed: '7' });
    const file = await (await newFolder()).write('plan.json', formatPlan(all));
    const words = ['simulate-retries', 'localhost:3000/hook', '--plan', file];
    const { exitCode, stderr } = await inqudHook(words, {
      env: { INQUD_HOOK_SECRET: SECRET },
      outside,
    });
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    expect(complaintsOf(bodies)).toEqual([]);
    expect(eventsIn(bodies)).toEqual(EVERY_EVENT);
  });

  test('of a check with all its rules, but for the status that it makes up', async () => {
    const { bodies, url, stateUrl, outside } = receiver();
    const asked = { url, stateUrl, secret: SECRET, runs: 40, lingerMs: 0, seed: '1' };
    const { results } = await checkReceiver(asked, outside);
    const sent = bodies.filter((body) => !utf8.decode(body).includes(MADE_UP));
    expect(complaintsOf(sent)).toEqual([]);
    expect(eventsIn(sent)).toEqual(EVERY_EVENT);
    expect(sent.some((body) => utf8.decode(body).includes('RENEWING'))).toBe(true);
    const detours = results.find(({ id }) => id === 'payload/detours');
    expect(detours?.status).toBe('pass');
  });
});

/** A right receiver of all kinds, in memory and in simulated time, with the genuine bodies that came. */
function receiver() {
  const bodies: Uint8Array[] = [];
  const shown = new Map<string, string>();
  const server = new MemoryServer(({ method, path, headers, body }) => {
    if (method === 'GET') return stateOf(shown, path.split('/').at(-1) ?? '');
    if (!isGenuine({ headers, body })) return { status: 401 };
    bodies.push(body);
    take(shown, body);
    return { status: 200 };
  });
  const { url, outside } = server;
  return { bodies, url: `${url}/hook`, stateUrl: `${url}/orders/{id}`, outside };
}

function stateOf(shown: ReadonlyMap<string, string>, id: string) {
  const status = shown.get(id);
  return status === undefined ? { status: 404 } : { status: 200, body: JSON.stringify({ status }) };
}

function isGenuine({ headers, body }: Pick<MemoryRequest, 'headers' | 'body'>): boolean {
  const digest = createHmac('sha1', SECRET).update(body).digest('hex');
  const came = headers.filter(([name]) => name.toLowerCase() === 'x-payload-digest');
  return came.map(([, value]) => value).join() === digest;
}

/** Shows the first final status, and nothing before it. */
function take(shown: Map<string, string>, body: Uint8Array): void {
  const { id, kind, status } = recognise(body);
  const isFinal = kind?.statuses.some((each) => each.name === status && each.class === 'final');
  if (id !== undefined && status !== undefined && isFinal && !shown.has(id)) shown.set(id, status);
}
