import { createHmac } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import {
  fault,
  lifecycle,
  post,
  postAll,
  SECRET,
  stateOf,
  type WebHook,
  webHook,
} from './client.js';
import type { Receiver } from './receiver.js';
import { digestOf } from './shop/digest.js';

/** Does something to a receiver and tells what came of it: a broken one tells something else. */
export type Observation = (receiver: Receiver) => Promise<unknown>;

const CHECKOUT = 'new request-created payment-detected success';

const hmac = (algorithm: string, body: Buffer, encoding: 'hex' | 'base64') =>
  createHmac(algorithm, SECRET).update(body).digest(encoding);
const body = (text: string): WebHook => ({
  id: '',
  reference: '',
  kind: 'checkout',
  body: Buffer.from(text),
});

/** Whether a first web hook with these digests is taken, and what it leaves behind. */
function withDigests(digests: (right: string, body: Buffer) => readonly string[]): Observation {
  return async (receiver) => {
    const event = await webHook('checkout.success');
    const given = digests(digestOf(event.body, SECRET), event.body);
    const { status } = await post(receiver, event, { digests: given });
    return { status, state: await stateOf(receiver, event) };
  };
}

/** The answers to these deliveries, and the state after them. */
async function after(receiver: Receiver, webHooks: readonly WebHook[]): Promise<unknown> {
  const statuses = await postAll(receiver, webHooks);
  return {
    statuses,
    state: await stateOf(receiver, webHooks[0] ?? (await webHook('checkout.new'))),
  };
}

/** The state after the events of a checkout in this order. */
const checkouts =
  (...orders: readonly string[]): Observation =>
  async (receiver) => {
    const webHooks = await lifecycle('checkout', orders.join(' '));
    return after(receiver, webHooks);
  };

async function together(receiver: Receiver, names: readonly string[]): Promise<unknown> {
  const events = await Promise.all(names.map((name) => webHook(name)));
  await Promise.all(events.map((event) => post(receiver, event)));
  return stateOf(receiver, await webHook('checkout.new'));
}

/** Work that fails on the last event, and the retry that follows an answer other than 200. */
async function failedOnce(receiver: Receiver): Promise<unknown> {
  const success = await webHook('checkout.success');
  await fault(receiver, 'on');
  const { status } = await post(receiver, success);
  await wait(20);
  await fault(receiver, 'off');
  if (status !== 200) await post(receiver, success);
  return stateOf(receiver, success);
}

async function rawBytes(receiver: Receiver): Promise<unknown> {
  const { body: bytes } = await webHook('checkout.success');
  const text = String(bytes);
  const spellings = [text.replaceAll(',', ', '), `${text}\n`, text.replace('Sample', 'Żółć')];
  const inPieces = body(text.replace('Sample', 'Żółć'));
  const firstBytes = inPieces.body.indexOf('Ż') + 1;
  return [
    ...(await postAll(receiver, spellings.map(body))),
    (await post(receiver, inPieces, { firstBytes })).status,
  ];
}

async function lifecycles(receiver: Receiver): Promise<unknown> {
  const lives = await Promise.all([
    lifecycle('checkout', 'new expired', { seed: '2' }),
    lifecycle('payment', 'new pending frozen pending success', { seed: '3' }),
    lifecycle('payment', 'pending partial-success', { seed: '4' }),
    lifecycle('request', 'waiting-payment conflict', { seed: '5' }),
  ]);
  return postAll(receiver, lives.flat());
}

async function twoResources(receiver: Receiver): Promise<unknown> {
  const [one, other] = await Promise.all([
    lifecycle('checkout', 'new success', { seed: '1' }),
    lifecycle('checkout', 'new success', { seed: '2' }),
  ]);
  return after(receiver, [...one, ...other]);
}

async function secondResourceAndDuplicate(receiver: Receiver): Promise<unknown> {
  const success = await webHook('checkout.success');
  return after(receiver, [success, await webHook('checkout.new', { seed: '2' }), success]);
}

/** What each rule of `check` is about, without `check`. */
export const OBSERVATIONS: Readonly<Record<string, Observation>> = {
  'signature/valid-accepted': withDigests((right) => [right]),
  'signature/missing-refused': withDigests(() => []),
  'signature/empty-refused': withDigests(() => ['']),
  'signature/truncated-refused': withDigests((right) => [right.slice(0, 20)]),
  'signature/over-long-refused': withDigests((right) => [`${right}00`]),
  'signature/other-secret-refused': withDigests((_, bytes) => [digestOf(bytes, 'another secret')]),
  'signature/other-body-refused': withDigests(() => [digestOf(Buffer.from('{}'), SECRET)]),
  'signature/changed-byte-refused': withDigests((_, bytes) => [
    digestOf(Buffer.from(String(bytes).replace('Sample', 'Simple')), SECRET),
  ]),
  'signature/sha256-refused': withDigests((_, bytes) => [hmac('sha256', bytes, 'hex')]),
  'signature/base64-refused': withDigests((_, bytes) => [hmac('sha1', bytes, 'base64')]),
  'signature/sent-twice-refused': async (receiver) => {
    const event = await webHook('checkout.success');
    const [right, wrong] = [digestOf(event.body, SECRET), '0'.repeat(40)];
    const first = await post(receiver, event, { digests: [right, wrong] });
    const last = await post(receiver, event, { digests: [wrong, right] });
    return [first.status, last.status];
  },
  'signature/no-side-effect': withDigests(() => ['0'.repeat(40)]),
  'signature/raw-bytes': rawBytes,
  'signature/header-case': async (receiver) => {
    const event = await webHook('checkout.success');
    return (await post(receiver, event, { headerName: 'x-payload-digest' })).status;
  },
  'acknowledgement/exactly-200': async (receiver) =>
    (await post(receiver, await webHook('checkout.new'))).status,
  'acknowledgement/within-limit': async (receiver) =>
    (await post(receiver, await webHook('checkout.new'))).ms > 10_000,
  'acknowledgement/quick-answer': async (receiver) =>
    (await post(receiver, await webHook('checkout.new'))).ms > 2000,
  'acknowledgement/burst': async (receiver) => {
    const seeds = Array.from({ length: 25 }, (_, index) => ({ seed: String(index) }));
    const events = await Promise.all(seeds.map((subject) => webHook('checkout.new', subject)));
    const all = Promise.all(events.map((event) => post(receiver, event)));
    return Promise.race([all.then(() => 'in time'), wait(10_000, 'too late', { ref: false })]);
  },
  'idempotency/duplicate-in-sequence': checkouts('success', 'success'),
  'idempotency/duplicate-concurrent': (receiver) =>
    together(receiver, ['checkout.success', 'checkout.success']),
  'idempotency/duplicate-after-later-events': checkouts(CHECKOUT, 'new success'),
  'idempotency/duplicate-long-after': async (receiver) => {
    const [first, ...others] = await Promise.all(
      Array.from({ length: 12 }, (_, index) => webHook('checkout.success', { seed: `${index}` })),
    );
    if (first === undefined) return undefined;
    await postAll(receiver, [first, ...others]);
    await wait(400);
    return after(receiver, [first]);
  },
  'idempotency/duplicate-answered-200': checkouts('success', 'success'),
  'payload/success-shows': checkouts('new request-created payment-detected success'),
  'ordering/any-order': checkouts('success payment-detected request-created new'),
  'ordering/late-intermediate': checkouts('request-created success new payment-detected'),
  'ordering/final-only': checkouts('success'),
  'ordering/two-resources-one-order': twoResources,
  'ordering/payments-add-up': twoResources,
  'retries/lost-acknowledgement': checkouts('success', 'success'),
  'retries/overlap': (receiver) => together(receiver, ['checkout.success', 'checkout.success']),
  'retries/outage-catch-up': checkouts('success payment-detected request-created new'),
  'retries/failed-work-redone': failedOnce,
  'retries/not-done-before-done': failedOnce,
  'payload/unknown-field': async (receiver) =>
    after(receiver, [await webHook('checkout.success', { set: ['fieldOfTomorrow=true'] })]),
  'payload/unknown-status': async (receiver) =>
    after(receiver, [await webHook('checkout.success', { set: ['status=OF_TOMORROW'] })]),
  'payload/unknown-status-not-paid': async (receiver) =>
    after(receiver, [await webHook('checkout.success', { set: ['status=OF_TOMORROW'] })]),
  'payload/sample-nulls': checkouts(CHECKOUT),
  'payload/nulls': async (receiver) =>
    after(receiver, [await webHook('checkout.success', { set: ['name=null', 'returnUrl=null'] })]),
  'payload/large-body': async (receiver) =>
    after(receiver, [
      await webHook('checkout.success', { set: [`padding=${'x'.repeat(60_000)}`] }),
    ]),
  'payload/amount-precision': async (receiver) =>
    after(receiver, [await webHook('payment.success', { set: ['amount=0.123456789012345678'] })]),
  'payload/full-lifecycles': lifecycles,
  'payload/partial-success': async (receiver) =>
    after(receiver, await lifecycle('payment', 'pending partial-success')),
  'payload/conflict-underpaid': async (receiver) =>
    after(receiver, await lifecycle('request', 'waiting-payment conflict')),
  'payload/overpaid': async (receiver) =>
    after(receiver, [
      await webHook('request.success', { set: ['overpaid=true', 'paidAmount=160'] }),
    ]),
  'search/random-deliveries': secondResourceAndDuplicate,
};
