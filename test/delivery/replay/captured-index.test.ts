import { expect, test } from 'vitest';
import { type CapturedOrder, indexCaptured } from '../../../src/delivery/replay/captured-index.js';
import { byArrival, sendingOrder } from '../../../src/delivery/replay/replay-order.js';
import { capturedAt } from './captured.js';

const events = capturedAt([
  [3_000, 'CCO-1'],
  [1_000, 'CCO-1'],
  [2_000, 'PMT-2'],
  [4_000],
  [5_000, 'CCO-1'],
]);

function indexed(order: 'received' | 'reverse', timing: CapturedOrder['timing'] = 'original') {
  const received = byArrival(events);
  return indexCaptured(events, {
    received,
    order: sendingOrder(order, received.selected, ''),
    timing,
  });
}

function sent(index: ReturnType<typeof indexed>) {
  return Array.from({ length: index.events }, (_, sequence) => {
    const { resource, eventNumber, event } = index.locate(sequence);
    return [resource, eventNumber, event.dueMs];
  });
}

test('requests are due when they came, each under its number in the capture', () => {
  expect(sent(indexed('received'))).toEqual([
    [1, 0, 0],
    [2, 1, 1_000],
    [0, 2, 2_000],
    [3, 3, 3_000],
    [4, 4, 4_000],
  ]);
});

test('in another order the times stay, and the place in the capture tells what was overtaken', () => {
  expect(sent(indexed('reverse'))).toEqual([
    [4, 4, 0],
    [3, 3, 1_000],
    [0, 2, 2_000],
    [2, 1, 3_000],
    [1, 0, 4_000],
  ]);
});

test('without waiting everything is due at once', () => {
  const dues = sent(indexed('received', 'at-once')).map(([, , dueMs]) => dueMs);
  expect(dues).toEqual([0, 0, 0, 0, 0]);
});

test('requests of one id are one resource, those without an id one each', () => {
  const index = indexed('received');
  expect(index.resources).toBe(3);
  const resources = [0, 1, 2, 3, 4].map((sequence) => index.locate(sequence).planResource);
  expect(resources).toEqual([0, 1, 0, 2, 0]);
});

test('all are in one line, and know the next of their resource', () => {
  const index = indexed('received');
  expect(index.lineHeads().map(({ sequence }) => sequence)).toEqual([0]);
  const next = [0, 1, 2, 3, 4].map((sequence) => index.locate(sequence));
  expect(next.map((located) => index.nextInLine(located)?.sequence)).toEqual([
    1,
    2,
    3,
    4,
    undefined,
  ]);
  expect(next.map((located) => index.nextOfResource(located)?.sequence)).toEqual([
    2,
    undefined,
    4,
    undefined,
    undefined,
  ]);
});

test('an empty capture has no line, and no request beyond the last one is found', () => {
  const none = capturedAt([]);
  const index = indexCaptured(none, {
    received: byArrival(none),
    order: new Uint32Array(0),
    timing: 'at-once',
  });
  expect(index.lineHeads()).toEqual([]);
  expect(() => indexed('received').locate(5)).toThrow(RangeError);
});

test('requests that are not selected leave the others their numbers and places', () => {
  const some = capturedAt([
    [1_000, 'CCO-1'],
    ['unselected', 2_000],
    [3_000, 'CCO-1'],
  ]);
  const received = byArrival(some);
  const index = indexCaptured(some, { received, order: received.selected, timing: 'original' });
  expect(sent(index)).toEqual([
    [0, 0, 0],
    [2, 2, 2_000],
  ]);
  expect([index.events, index.resources]).toEqual([2, 1]);
});
