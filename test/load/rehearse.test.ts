import { expect, test } from 'vitest';
import { rehearse } from '../../src/load/rehearse.js';
import { SimulatedClock } from '../simulated-clock.js';
import { loadTransport, OK, portsOf } from './loads.js';

async function rehearsed(signal?: AbortSignal) {
  const clock = new SimulatedClock();
  let sent = 0;
  const transport = loadTransport(clock, async () => {
    sent += 1;
    await clock.sleep(1);
    return OK;
  });
  await rehearse(portsOf(transport, clock), signal);
  return { sent, tookMs: clock.monotonic() };
}

test('a rehearsal sends enough for code to be compiled, and takes half a second', async () => {
  const { sent, tookMs } = await rehearsed();
  expect(sent).toBeGreaterThan(2_000);
  expect(tookMs).toBeLessThanOrEqual(500);
});

test('an interruption ends it', async () => {
  expect(await rehearsed(AbortSignal.abort())).toEqual({ sent: 0, tookMs: 0 });
});
