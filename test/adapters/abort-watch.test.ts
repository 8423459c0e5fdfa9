import { getEventListeners } from 'node:events';
import { expect, test } from 'vitest';
import { AbortWatch } from '../../src/adapters/http/abort-watch.js';

const noting = (told: string[], name: string, also: () => void = () => {}) => ({
  abort: () => {
    told.push(name);
    also();
  },
});

test('an abort tells everybody who is still there, once, also when one of them leaves meanwhile', () => {
  const watch = new AbortWatch();
  const stop = new AbortController();
  const told: string[] = [];
  const gone = watch.add(stop.signal, noting(told, 'gone'));
  const last = { now: watch.add(undefined, noting(told, 'nobody')) };
  watch.add(
    stop.signal,
    noting(told, 'first', () => watch.remove(last.now)),
  );
  last.now = watch.add(stop.signal, noting(told, 'last'));
  watch.remove(gone);
  expect(getEventListeners(stop.signal, 'abort')).toHaveLength(1);
  stop.abort();
  expect(told).toEqual(['first']);
});

test('it listens to a signal as long as anybody is there', () => {
  const watch = new AbortWatch();
  const { signal } = new AbortController();
  const listeners = () => getEventListeners(signal, 'abort').length;
  const one = watch.add(signal, noting([], 'one'));
  const other = watch.add(signal, noting([], 'other'));
  expect(listeners()).toBe(1);
  watch.remove(one);
  watch.remove(one);
  expect(listeners()).toBe(1);
  watch.remove(other);
  expect(listeners()).toBe(0);
  watch.remove(other);
  watch.add(signal, noting([], 'again'));
  expect(listeners()).toBe(1);
});
