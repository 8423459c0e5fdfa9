// Prints the milliseconds a request takes on average: autocannon signs each, the way its users do.
import { createHmac } from 'node:crypto';
import autocannon, { type Request } from 'autocannon';
import { bodiesAroundTheirId, HEADERS, SECRET } from './checkout-plan.js';

const [port = ''] = process.argv.slice(2);
const headers = Object.fromEntries(HEADERS);
const bodies = await bodiesAroundTheirId();
let sent = 0;

await run(1);
console.log(await run(3));

async function run(seconds: number): Promise<number> {
  const result = await autocannon({
    url: `http://127.0.0.1:${port}`,
    connections: 16,
    duration: seconds,
    requests: [{ method: 'POST', path: '/', setupRequest: sign }],
  });
  if (result.non2xx + result.errors > 0) throw new Error('not everything was delivered');
  return (result.duration * 1_000) / result['2xx'];
}

/** A fresh resource each time, as in a plan. */
function sign(request: Request): Request {
  const pieces = bodies[sent % bodies.length] ?? [];
  const id = `CCO-${String(sent).padStart(8, '0')}-0000-4000-8000-000000000000`;
  const body = Buffer.from(pieces.join(id));
  const digest = createHmac('sha1', SECRET).update(body).digest('hex');
  sent += 1;
  return { ...request, body, headers: { ...headers, 'X-Payload-Digest': digest } };
}
