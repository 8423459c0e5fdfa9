import { expect, test } from 'vitest';
import { interruptible, interruptibleFiles } from '../../src/adapters/interruptible.js';
import type { Files } from '../../src/ports.js';

const never = () => new Promise<never>(() => undefined);
const silent: Files = {
  read: never,
  stream: async function* stream() {
    yield Buffer.from('one');
    await never();
  },
  write: () => Promise.resolve(),
  append: () => Promise.resolve(),
  tryWriting: () => Promise.resolve(),
  identify: () => undefined,
};

test('nobody waits for a file that says nothing, once interrupted', async () => {
  const interruption = new AbortController();
  const files = interruptibleFiles(silent, interruption.signal);
  const reading = files.read('pipe');
  const chunks = files.stream('pipe')[Symbol.asyncIterator]();
  expect(await chunks.next()).toEqual({ done: false, value: Buffer.from('one') });
  const next = chunks.next();
  interruption.abort();
  await expect(reading).rejects.toMatchObject({ name: 'AbortError' });
  await expect(next).rejects.toMatchObject({ name: 'AbortError' });
  await expect(files.read('pipe')).rejects.toMatchObject({ name: 'AbortError' });
});

test('what comes in time comes as it is', async () => {
  const { signal } = new AbortController();
  expect(await interruptible(Promise.resolve(1), signal)).toBe(1);
  await expect(interruptible(Promise.reject(new TypeError('no')), signal)).rejects.toThrow('no');
});
