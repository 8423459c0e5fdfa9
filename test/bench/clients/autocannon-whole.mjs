// The whole of a program that sends with autocannon, start-up included. Plain JavaScript, for loading
// TypeScript would be counted. Prints the milliseconds from the start of the process to the last answer.
import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import autocannon from 'autocannon';

const [port, amountText, inputs] = process.argv.slice(2);
const { headers, secret, bodies } = JSON.parse(readFileSync(inputs, 'utf8'));
const amount = Number(amountText);
let sent = 0;
let answered = 0;
let lastAnswerMs = Number.NaN;

const run = autocannon({
  url: `http://127.0.0.1:${port}`,
  connections: 16,
  amount,
  requests: [{ method: 'POST', path: '/', setupRequest: sign }],
});
// It ends with its next tick of a second: nobody waits for that.
run.on('response', () => {
  answered += 1;
  if (answered === amount) lastAnswerMs = performance.now();
});
const result = await run;
if (result['2xx'] !== amount) throw new Error('not everything was delivered');
console.log(lastAnswerMs);

/** A fresh resource each time, as in a plan. */
function sign(request) {
  const pieces = bodies[sent % bodies.length];
  const id = `CCO-${String(sent).padStart(8, '0')}-0000-4000-8000-000000000000`;
  const body = Buffer.from(pieces.join(id));
  const digest = createHmac('sha1', secret).update(body).digest('hex');
  sent += 1;
  return { ...request, body, headers: { ...headers, 'X-Payload-Digest': digest } };
}
