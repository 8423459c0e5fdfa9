import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fault, lifecycle, post, postAll, SECRET, stateOf, type WebHook } from './client.js';
import { healed } from './healed.js';
import type { Receiver } from './receiver.js';
import { correctReceivers } from './registry.js';
import { runShell } from './run-shell.js';
import { digestOf } from './shop/digest.js';
import { startApi } from './stub-api.js';

/** What changes by itself, or with the orders of other tests. */
const VOLATILE = /"(requestId|asOf|updatedAt|balance)":("[^"]*"|\d+)/g;
const CHECKOUT = 'new request-created payment-detected success';
const receivers = await correctReceivers();

for (const { name, start, asksApi } of receivers) {
  describe.concurrent(`the correct receiver ${name}`, () => {
    const running: { receiver?: Receiver } = {};
    const receiver = () => {
      if (running.receiver === undefined) throw new Error('It does not run.');
      return running.receiver;
    };
    beforeAll(async () => {
      running.receiver = await start({ secret: SECRET });
    });
    afterAll(() => receiver().close());

    /** A fresh order with these events, and what it looks like when all work is done. */
    async function stateAfter(events: readonly WebHook[]): Promise<readonly string[]> {
      await prepare(receiver(), events);
      expect(new Set(await postAll(receiver(), events))).toEqual(new Set([200]));
      return settled(receiver(), events);
    }

    it('refuses what is not signed rightly, and does nothing for it', async () => {
      const [event] = await order('signed', 'success');
      if (event === undefined) return;
      await prepare(receiver(), [event]);
      const before = await settled(receiver(), [event]);
      const right = digestOf(event.body, SECRET);
      const wrong = '0'.repeat(40);
      const forged = [
        [],
        [''],
        [right.slice(1)],
        [`${right}0`],
        [wrong],
        [right, wrong],
        [wrong, right],
      ];
      const answers = forged.map((digests) => post(receiver(), event, { digests }));
      const statuses = (await Promise.all(answers)).map(({ status }) => status);
      expect(statuses.every((status) => status >= 400 && status < 500)).toBe(true);
      expect(await settled(receiver(), [event])).toEqual(before);
    });

    it('takes bytes as they are, and the header in any case', async () => {
      const [event] = await order('bytes', 'success');
      if (event === undefined) return;
      await prepare(receiver(), [event]);
      const body = Buffer.from(`${String(event.body).replaceAll(',', ' , ')}\n`);
      const answer = await post(receiver(), { body }, { headerName: 'x-PAYLOAD-digest' });
      expect(answer.status).toBe(200);
      expect(String(await settled(receiver(), [event]))).toContain('149.9');
    });

    it('credits an event once, however often and however simultaneously it comes', async () => {
      const once = await stateAfter(await order('once', CHECKOUT));
      const events = await order('often', CHECKOUT);
      await prepare(receiver(), events);
      await Promise.all([...events, ...events].map((event) => post(receiver(), event)));
      await postAll(receiver(), events);
      expect(await settled(receiver(), events)).toEqual(once);
    });

    it('ends in the same state in whatever order the events of a life come', async () => {
      const inOrder = await stateAfter(await order('straight', CHECKOUT));
      const reversed = [...(await order('reversed', CHECKOUT))].reverse();
      expect(await stateAfter(reversed)).toEqual(inOrder);
    });

    it('tells success, failure and conflict apart', async () => {
      const ends = ['success', 'expired', 'conflict'];
      const states = await Promise.all(
        ends.map(async (end) => String(await stateAfter(await order(end, `new ${end}`)))),
      );
      expect(new Set(states).size).toBe(3);
    });

    it('keeps every digit of an amount', async () => {
      const set = ['amount=12345678901234567890.123456789012345678'];
      const events = await order('exact', 'pending success', 'payment', set);
      expect(String(await stateAfter(events))).toContain('12345678901234567890.123456789012345678');
    });

    it('credits what PARTIAL_SUCCESS says was paid', async () => {
      const events = await order('partial', 'pending partial-success', 'payment');
      expect(String(await stateAfter(events))).toMatch(/"(credited|amount)":"?62\.5"?(,|$)/);
    });

    it('answers 200 to a status, a field and a size it does not know, and counts none of it', async () => {
      const known = await stateAfter(await order('known', 'success'));
      const set = ['tomorrow={"a":[1]}', 'name=null', `padding=${'x'.repeat(100_000)}`];
      expect(await stateAfter(await order('larger', 'success', 'checkout', set))).toEqual(known);
      const unknown = await order('unknown', 'success', 'checkout', ['status=TOMORROW']);
      expect(String(await stateAfter(unknown))).not.toMatch(/:"(paid|SUCCESS)"/);
    });

    it('does work that failed once when the event comes again, or by itself', async () => {
      const right = await stateAfter(await order('untroubled', CHECKOUT));
      const lone = await start({ secret: SECRET });
      try {
        const events = await order('untroubled', CHECKOUT);
        await prepare(lone, events);
        await fault(lone, 'on');
        await postAll(lone, events);
        await fault(lone, 'off');
        await postAll(lone, events);
        expect(await settled(lone, events)).toEqual(right);
      } finally {
        await lone.close();
      }
    });

    it.runIf(asksApi)('asks for what it has missed', async () => {
      const api = await startApi();
      const lone = await start({ secret: SECRET, apiUrl: api.url });
      try {
        expect(await healed(lone, api)).toBe(true);
      } finally {
        await Promise.all([lone.close(), api.close()]);
      }
    });
  });
}

/** The events of one resource of an order of its own. */
function order(seed: string, statuses: string, kind = 'checkout', set: readonly string[] = []) {
  return lifecycle(kind, statuses, { seed, set: [`clientOrderId=order-${seed}`, ...set] });
}

async function prepare({ prepare: command }: Receiver, events: readonly WebHook[]): Promise<void> {
  const reference = events[0]?.reference ?? '';
  if (command !== undefined) await runShell(command, { INQUD_HOOK_CLIENT_ORDER_ID: reference });
}

/** What the receiver shows when all work is done: its parts, without ids and in no order. */
async function settled(
  receiver: Receiver,
  [event]: readonly WebHook[],
): Promise<readonly string[]> {
  if (event === undefined) throw new Error('No event.');
  const text = await stateOf(receiver, event);
  if (text.includes('inProgress')) {
    await wait(20);
    return settled(receiver, [event]);
  }
  const nameless = text.replaceAll(event.id, 'ID').replaceAll(event.reference, 'ORDER');
  return nameless
    .replaceAll(VOLATILE, '')
    .split(/[,{}[\]]+/)
    .filter((part) => part !== '')
    .sort();
}
