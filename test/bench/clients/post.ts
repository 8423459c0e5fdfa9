// Prints the milliseconds a request takes on average, of the same one again and again.
import { readFileSync } from 'node:fs';
import autocannon from 'autocannon';
import { sign } from '../../../src/webhook/digest.js';
import { Secret } from '../../../src/webhook/secret.js';

const [port = '', connections = '', seconds = '', warmUpSeconds = ''] = process.argv.slice(2);
const SAMPLE = new URL('../../../fixtures/events/static-payment/success.json', import.meta.url);
const body = Buffer.from(JSON.stringify(JSON.parse(readFileSync(SAMPLE, 'utf8'))));
const digest = sign(body, Secret.fromText('secret_value'));

if (Number(warmUpSeconds) > 0) await run(Number(warmUpSeconds));
console.log(await run(Number(seconds)));

async function run(duration: number): Promise<number> {
  const result = await autocannon({
    url: `http://127.0.0.1:${port}`,
    connections: Number(connections),
    duration,
    requests: [
      {
        method: 'POST',
        path: '/webhooks/inqud',
        headers: { 'Content-Type': 'application/json', 'X-Payload-Digest': digest },
        body,
      },
    ],
  });
  if (result.non2xx + result.errors > 0) throw new Error('not everything was acknowledged');
  return (result.duration * 1_000) / result['2xx'];
}
