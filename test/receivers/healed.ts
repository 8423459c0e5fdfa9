import { setTimeout as wait } from 'node:timers/promises';
import { post, stateOf, webHook } from './client.js';
import type { Receiver } from './receiver.js';
import type { StubApi } from './stub-api.js';

/** Whether the receiver learns of a final status that only the API tells, within a second. */
export async function healed(receiver: Receiver, api: StubApi): Promise<boolean> {
  const [first, last] = await Promise.all([webHook('checkout.new'), webHook('checkout.success')]);
  await post(receiver, first);
  const before = await stateOf(receiver, first);
  await wait(100);
  api.publish(last.id, last.body);
  for (let tries = 0; tries < 40; tries += 1) {
    await wait(25);
    if ((await stateOf(receiver, first)) !== before) return true;
  }
  return false;
}
