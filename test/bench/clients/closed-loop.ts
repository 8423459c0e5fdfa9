// Prints the milliseconds a request takes on average: what `burst --find-limit` sends first.
import { systemClock } from '../../../src/adapters/clock.js';
import { openLoad } from '../../../src/adapters/open-load.js';
import { closedLoop } from '../../../src/load/closed-loop.js';
import { lineUp } from '../../../src/load/line-up.js';
import { composerOfLine } from '../../../src/load/load-composer.js';
import { checkouts } from './checkout-plan.js';

const CONNECTIONS = 16;
const [port = ''] = process.argv.slice(2);
const target = await openLoad(port, { allowRemote: false, insecure: false, timeoutMs: 10_000 });
const { plan, composer } = await checkouts(1);
const line = lineUp(plan.batches, 2 ** 40, 1_000);
const ports = { ...target, clock: systemClock, composer: composerOfLine(composer, line) };

const { sent } = await closedLoop(0, ports, { connections: CONNECTIONS, forMs: 1_000 });
const { failed, perSecond } = await closedLoop(sent, ports, {
  connections: CONNECTIONS,
  forMs: 3_000,
});
await target.transport.close();
if (failed > 0) throw new Error('not everything was delivered');
console.log(1_000 / perSecond);
