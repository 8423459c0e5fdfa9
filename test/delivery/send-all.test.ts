import { expect, test } from 'vitest';
import { type SendAllOptions, type Sent, sendAll } from '../../src/delivery/send-all.js';
import type { Transport } from '../../src/ports.js';
import {
  afterTurns,
  answer,
  nextTurn,
  type Reaction,
  receiver,
  silence,
} from './in-memory-receiver.js';

const bodyOf = (id: number) => Buffer.from(`{"id":${id},"status":"NEW"}`);

/** Numbered parcels, made only when they are asked for. */
function* parcels(count: number, made: number[] = []) {
  for (let tag = 1; tag <= count; tag += 1) {
    made.push(tag);
    yield { tag, request: { headers: [], body: bodyOf(tag) } };
  }
}

async function all(
  count: number,
  transport: Transport,
  options: Partial<SendAllOptions> = {},
): Promise<readonly Sent<number>[]> {
  const sent: Sent<number>[] = [];
  const settings = { concurrency: 3, timeoutMs: 10_000, keepBodyBytes: 0, ...options };
  for await (const one of sendAll(parcels(count), transport, settings)) sent.push(one);
  return sent;
}

const slowFirst: Reaction = ({ number }) => afterTurns(number === 1 ? 9 : 1, answer(200, number));

test('yields in the order of the requests, whoever is answered first', async () => {
  const sent = await all(6, receiver(slowFirst));
  expect(sent.map(({ tag, outcome }) => [tag, outcome])).toEqual(
    [1, 2, 3, 4, 5, 6].map((tag) => [tag, answer(200, tag)]),
  );
});

test('sends no more at once than the concurrency allows, and that many', async () => {
  let most = 0;
  const target = receiver(() => {
    most = Math.max(most, target.underWay);
    return afterTurns(2, answer(200));
  });
  await all(10, target, { concurrency: 4 });
  expect(most).toBe(4);
});

test('makes requests only when there is room for them', async () => {
  const made: number[] = [];
  const settings = { concurrency: 2, timeoutMs: 1, keepBodyBytes: 0 };
  for await (const { tag } of sendAll(parcels(1_000_000, made), receiver(slowFirst), settings)) {
    expect(made.length).toBeLessThanOrEqual(tag + 4);
    if (tag === 10) break;
  }
});

test('nothing to send is nothing sent', async () => {
  expect(await all(0, receiver(slowFirst))).toEqual([]);
});

test('hands its options on to the transport', async () => {
  const given: unknown[] = [];
  const target: Transport = {
    send: (_request, { timeoutMs, keepBodyBytes }) => {
      given.push([timeoutMs, keepBodyBytes]);
      return Promise.resolve(answer(200));
    },
    close: () => Promise.resolve(),
  };
  await all(1, target, { timeoutMs: 77, keepBodyBytes: 99 });
  expect(given).toEqual([[77, 99]]);
});

test('an interruption cancels what is in flight and sends nothing more', async () => {
  const controller = new AbortController();
  const target = receiver(({ number }) => {
    if (number === 3) controller.abort();
    return silence;
  });
  const sent = await all(9, target, { signal: controller.signal });
  expect(sent.map(({ tag, outcome }) => [tag, outcome.kind])).toEqual([
    [1, 'cancelled'],
    [2, 'cancelled'],
    [3, 'cancelled'],
  ]);
  expect(target.underWay).toBe(0);
});

test('a consumer that stops early leaves nothing under way', async () => {
  const target = receiver(({ number }) => (number === 1 ? answer(200) : silence));
  const settings = { concurrency: 3, timeoutMs: 1, keepBodyBytes: 0 };
  for await (const { tag } of sendAll(parcels(9), target, settings)) {
    expect(tag).toBe(1);
    break;
  }
  await nextTurn();
  expect(target.underWay).toBe(0);
  expect(target.arrivals).toHaveLength(3);
});

test('a bug in the transport is no outcome: it ends the sending', async () => {
  const target = receiver(({ number }) => {
    if (number === 2) throw new TypeError('a bug');
    return afterTurns(3, answer(200));
  });
  await expect(all(5, target)).rejects.toThrow('a bug');
});

test('a bug that comes while the consumer is busy ends the sending too', async () => {
  const target = receiver(({ number }) => {
    if (number === 2) throw new TypeError('a bug');
    return answer(200);
  });
  const settings = { concurrency: 2, timeoutMs: 1, keepBodyBytes: 0 };
  const slowly = async () => {
    for await (const { tag } of sendAll(parcels(2), target, settings)) {
      expect(tag).toBe(1);
      await nextTurn();
    }
  };
  await expect(slowly()).rejects.toThrow('a bug');
});
