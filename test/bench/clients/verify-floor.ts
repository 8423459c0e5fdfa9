// The least that verifying can cost: a bare loop of `createHmac` over the same bodies in memory.
// Prints the seconds of the loop alone.
import { createHmac } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';

const [, , file = '', secret = ''] = process.argv;
const bodies: Buffer[] = [];
for await (const line of createInterface({ input: createReadStream(file) })) {
  bodies.push(Buffer.from(JSON.parse(line).body));
}
const startMs = performance.now();
let matches = 0;
for (const body of bodies) {
  if (createHmac('sha1', secret).update(body).digest('hex').startsWith('0')) matches += 1;
}
console.log(JSON.stringify({ seconds: (performance.now() - startMs) / 1_000, matches }));
