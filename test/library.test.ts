import { afterAll, expect, test } from 'vitest';
import {
  HookError,
  plan,
  type RunRecord,
  sampleEvent,
  sampleEventNames,
  sign,
  simulate,
  verify,
} from '../src/library/index.js';
import { parseBehaviour } from '../src/servers/behaviour.js';
import { type BuiltInReceiver, startBuiltInReceiver } from '../src/servers/built-in.js';
import { Secret } from '../src/webhook/secret.js';

const BODY = '{"field":"value"}';
const DIGEST = '7e36242a10fd65cbaacd7ff288df9fd3f9e75a46';
const running: BuiltInReceiver[] = [];

afterAll(async () => {
  await Promise.all(running.map((receiver) => receiver.close()));
});

test("signs Inqud's published example, given as text or as bytes", () => {
  expect(sign(BODY, 'secret_value')).toBe(DIGEST);
  expect(sign(new TextEncoder().encode(BODY), Secret.fromText('secret_value'))).toBe(DIGEST);
});

test('verifies against any of several secrets and says which one fits', () => {
  expect(verify(BODY, DIGEST, 'secret_value')).toEqual({ kind: 'genuine', secret: 0 });
  expect(verify(BODY, DIGEST, ['old', 'secret_value'])).toEqual({ kind: 'genuine', secret: 1 });
});

test('calls a body without a digest unsigned and a wrong digest rejected', () => {
  expect(verify(BODY, undefined, 'secret_value')).toEqual({ kind: 'unsigned' });
  expect(verify(BODY, DIGEST, 'other')).toEqual({
    kind: 'rejected',
    reason: 'The digest is not the digest of this body under the given secret.',
  });
});

test('makes the same sample event of the same seed, and another of another', async () => {
  const [one, same, other] = await Promise.all([
    sampleEvent('checkout.success', { seed: 'a' }),
    sampleEvent('checkout.success', { seed: 'a' }),
    sampleEvent('checkout.success', { seed: 'b' }),
  ]);
  expect(same).toEqual(one);
  expect(other.resource).not.toBe(one.resource);
  expect(one.resource).toMatch(/^CCO-/);
});

test('makes a fresh resource when no seed is given', async () => {
  const [one, other] = await Promise.all([
    sampleEvent('checkout.success'),
    sampleEvent('checkout.success'),
  ]);
  expect(other.resource).not.toBe(one.resource);
  expect(plan().seed).not.toBe(plan().seed);
});

test('writes a changed amount as it was given', async () => {
  const { body } = await sampleEvent('payment.success', { set: ['amount=1.50'] });
  expect(new TextDecoder().decode(body)).toContain('"amount":1.50,');
});

test('knows every sample event by name and refuses others', async () => {
  expect(sampleEventNames()).toContain('request.conflict');
  await expect(sampleEvent('checkout.sucess')).rejects.toThrow(HookError);
});

test('simulates against a receiver and reports what came of it', async () => {
  const url = await start('flaky:2');
  const records: RunRecord[] = [];
  const summary = await simulate({
    url,
    secret: 'whsec',
    plan: plan({ lifecycles: ['payment'], seed: '7' }),
    onRecord: (record) => records.push(record),
  });
  expect(summary.events).toEqual({ total: 3, delivered: 3, lost: 0, withheld: 0, open: 0 });
  expect(summary.deliveredOnAttempt).toEqual([0, 0, 3]);
  expect(records).toHaveLength(9);
});

test('loses the events of a receiver that always fails, after eleven attempts each', async () => {
  const summary = await simulate({ url: await start('status:500'), secret: 'whsec' });
  expect(summary.events.lost).toBe(4);
  expect(summary.attempts.sent).toBe(44);
});

async function start(behaviour: string): Promise<string> {
  const receiver = await startBuiltInReceiver({
    behaviour: parseBehaviour(behaviour, Number),
    secret: Secret.fromText('whsec'),
    planNow: () => 0,
    timeoutMs: 1_000,
  });
  running.push(receiver);
  return receiver.url;
}
