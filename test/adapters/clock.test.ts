import { getEventListeners } from 'node:events';
import { afterEach, expect, test, vi } from 'vitest';
import { systemClock } from '../../src/adapters/clock.js';

afterEach(() => {
  vi.useRealTimers();
});

test('tells the time of day in milliseconds', () => {
  vi.useFakeTimers({ now: Date.UTC(2025, 0, 2) });
  expect(systemClock.now()).toBe(1_735_776_000_000);
});

test('has a second clock that moves with time and never back', () => {
  vi.useFakeTimers();
  const before = systemClock.monotonic();
  vi.advanceTimersByTime(250);
  vi.setSystemTime(0);
  expect(systemClock.monotonic() - before).toBe(250);
});

test('sleeps as long as it is told', async () => {
  vi.useFakeTimers();
  const woken = vi.fn();
  const asleep = systemClock.sleep(1000).then(woken);
  await vi.advanceTimersByTimeAsync(999);
  expect(woken).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(1);
  await asleep;
  expect(woken).toHaveBeenCalledOnce();
});

test('sleeps longer than the longest timer of Node', async () => {
  vi.useFakeTimers();
  const woken = vi.fn();
  const fortyDaysMs = 40 * 24 * 60 * 60 * 1000;
  const asleep = systemClock.sleep(fortyDaysMs).then(woken);
  await vi.advanceTimersByTimeAsync(fortyDaysMs - 1);
  expect(woken).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(1);
  await asleep;
});

test('wakes as soon as the signal aborts, and leaves no timer and no listener', async () => {
  vi.useFakeTimers();
  const controller = new AbortController();
  const asleep = systemClock.sleep(60_000, controller.signal);
  controller.abort();
  await asleep;
  expect(vi.getTimerCount()).toBe(0);
  expect(getEventListeners(controller.signal, 'abort')).toEqual([]);
});

test('leaves no listener on the signal after a whole sleep', async () => {
  vi.useFakeTimers();
  const { signal } = new AbortController();
  const asleep = systemClock.sleep(10, signal);
  await vi.advanceTimersByTimeAsync(10);
  await asleep;
  expect(getEventListeners(signal, 'abort')).toEqual([]);
});

test('does not sleep when the signal has aborted, nor for no time at all', async () => {
  vi.useFakeTimers();
  await systemClock.sleep(60_000, AbortSignal.abort());
  await systemClock.sleep(0);
  await systemClock.sleep(-5);
  expect(vi.getTimerCount()).toBe(0);
});
