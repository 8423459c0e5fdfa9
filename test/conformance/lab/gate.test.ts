import { expect, test, vi } from 'vitest';
import { Gate } from '../../../src/conformance/lab/gate.js';
import { SimulatedClock } from '../../simulated-clock.js';

const clock = new SimulatedClock();

function stage() {
  const order: string[] = [];
  const ends = new Map<string, () => void>();
  const work = (name: string) => () =>
    new Promise<void>((resolve) => {
      order.push(`${name} starts`);
      ends.set(name, () => {
        order.push(`${name} ends`);
        resolve();
      });
    });
  const end = async (name: string) => {
    await vi.waitUntil(() => ends.has(name));
    ends.get(name)?.();
  };
  return { order, work, end };
}

test('no more run at once than there are places', async () => {
  const gate = new Gate(1, clock);
  const { order, work, end } = stage();
  const one = gate.shared(work('a'));
  const two = gate.shared(work('b'));
  await end('a');
  await one;
  await end('b');
  await two;
  expect(order).toEqual(['a starts', 'a ends', 'b starts', 'b ends']);
});

test('who wants to be alone waits for those under way, and goes before those who wait', async () => {
  const gate = new Gate(1, clock);
  const { order, work, end } = stage();
  const first = gate.shared(work('a'));
  const second = gate.shared(work('b'));
  const alone = gate.alone(work('alone'));
  await end('a');
  await first;
  await end('alone');
  await alone;
  await end('b');
  await second;
  expect(order.filter((step) => step.endsWith('starts'))).toEqual([
    'a starts',
    'alone starts',
    'b starts',
  ]);
});

test('who waits for idleness comes last', async () => {
  const gate = new Gate(1, clock);
  const { order, work, end } = stage();
  const first = gate.shared(work('a'));
  const idle = gate.idle(work('idle'));
  const second = gate.shared(work('b'));
  await end('a');
  await first;
  await end('b');
  await second;
  await end('idle');
  await idle;
  expect(order.at(-1)).toBe('idle ends');
});

test('work that throws gives its place back', async () => {
  const gate = new Gate(1, clock);
  await expect(gate.alone(() => Promise.reject(new Error('no')))).rejects.toThrow('no');
  await expect(gate.shared(() => Promise.resolve('next'))).resolves.toBe('next');
});

test('calm work goes with other calm work, but not with what is shared', async () => {
  const gate = new Gate(10, clock);
  const { order, work, end } = stage();
  const calm = [gate.calm(work('a')), gate.calm(work('b'))];
  const shared = gate.shared(work('c'));
  await end('a');
  await end('b');
  await Promise.all(calm);
  await end('c');
  await shared;
  expect(order.indexOf('b starts')).toBeLessThan(order.indexOf('a ends'));
  expect(order.slice(-2)).toEqual(['c starts', 'c ends']);
});

test('halving is for good', () => {
  const gate = new Gate(8, clock);
  gate.halve();
  gate.limit(40);
  expect(gate.atOnce).toBe(4);
});

test('what was let in before says nothing about the limit, nor does a step that is wider than it', async () => {
  const gate = new Gate(8, clock);
  const { work, end } = stage();
  const names = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];
  const all = names.map((name) => gate.delivering({ webHooks: 1 }, work(name)));
  gate.halve();
  gate.halve();
  expect(gate.atOnce).toBe(4);
  for (const name of names) await end(name);
  await Promise.all(all);
  gate.halve(5);
  expect(gate.atOnce).toBe(4);
  gate.halve(4);
  expect(gate.atOnce).toBe(2);
});

test('a receiver that limits what it takes is given so many web hooks, not executions', async () => {
  const gate = new Gate(8, clock);
  const { order, work, end } = stage();
  gate.halve();
  const wide = { webHooks: 6, atOnce: 3 };
  const all = ['a', 'b'].map((name) => gate.delivering(wide, work(name)));
  const wider = gate.delivering({ webHooks: 9, atOnce: 9 }, work('c'));
  for (const name of ['a', 'b', 'c']) await end(name);
  await Promise.all([...all, wider]);
  expect(order).toEqual(['a starts', 'a ends', 'b starts', 'b ends', 'c starts', 'c ends']);
});

test('who wants a quiet receiver waits until it is, where a crowd went before', async () => {
  const gate = new Gate(8, clock);
  const order: string[] = [];
  gate.waitFor(async () => {
    order.push('quiet');
  });
  const calm = (name: string) => gate.calm(async () => void order.push(name));
  await gate.delivering({ webHooks: 4 }, () => Promise.resolve());
  await calm('after a few');
  await gate.delivering({ webHooks: 40 }, () => Promise.resolve());
  await gate.shared(async () => void order.push('shared'));
  await Promise.all([calm('first'), calm('second')]);
  await gate.alone(async () => void order.push('alone'));
  expect(order).toEqual(['after a few', 'shared', 'quiet', 'first', 'second', 'alone']);
});
