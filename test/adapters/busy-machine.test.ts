import { expect, onTestFinished, test } from 'vitest';
import { openUrlProbe } from '../../src/adapters/state-probe.js';
import { healthy } from '../receivers/hostile.js';
import { REQUEST, transportTo } from './sending.js';

/** Longer than Node tries one address before the next, unless it is told otherwise: 250 ms. */
const BUSY_MS = 600;

/** This process is so busy that it hears of the connection only later. */
function busy(): void {
  const endMs = performance.now() + BUSY_MS;
  while (performance.now() < endMs);
}

test('a web hook to localhost arrives, however busy this process is while it connects', async () => {
  const receiver = await healthy();
  const transport = await transportTo(`http://localhost:${receiver.port}/`);
  onTestFinished(async () => {
    await transport.close();
    await receiver.close();
  });
  const sent = transport.send(REQUEST, { timeoutMs: 5_000 });
  process.nextTick(busy);
  expect(await sent).toMatchObject({ kind: 'responded', status: 200 });
});

test('a state is read from localhost, however busy this process is while it connects', async () => {
  const receiver = await healthy();
  const state = `http://localhost:${receiver.port}/{id}`;
  const probe = await openUrlProbe(state, { allowRemote: false, insecure: false });
  onTestFinished(async () => {
    await probe.close();
    await receiver.close();
  });
  const reading = probe.read({ id: 'CCO-1', clientOrderId: '1', kind: 'checkout', amount: '1' });
  process.nextTick(busy);
  expect(await reading).toMatchObject({ status: 200 });
});
