// Prints the milliseconds a request takes on average: the run and its transport, nothing rendered.
import { systemClock } from '../../../src/adapters/clock.js';
import { connect } from '../../../src/adapters/connect.js';
import { deliver } from '../../../src/delivery/deliver.js';
import { countEvents } from '../../../src/delivery/plan.js';
import { checkouts } from './checkout-plan.js';

const [port = '', resources = ''] = process.argv.slice(2);
const reach = { allowRemote: false, insecure: false };
const { transport } = await connect(port, { ...reach, requests: Number(resources) });
await run(1_000);
console.log(await run(Number(resources)));
await transport.close();

async function run(count: number): Promise<number> {
  const { plan, composer } = await checkouts(count);
  const ports = { transport, clock: systemClock, composer };
  const startedMs = performance.now();
  const records = deliver(plan, ports, { concurrency: 16, pace: { kind: 'stepping' } });
  let step = await records.next();
  while (step.done !== true) step = await records.next();
  const ms = performance.now() - startedMs;
  const events = countEvents(plan);
  if (step.value.events.delivered !== events) throw new Error('not everything was delivered');
  return ms / events;
}
