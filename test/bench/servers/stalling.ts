// A receiver that answers 200 at once, but stands still for 300 ms every 3 s.
import { createServer } from 'node:http';

const STALL_MS = 300;
const EVERY_MS = 3_000;
const [port = ''] = process.argv.slice(2);

createServer((request, response) => {
  request.resume();
  request.on('end', () => response.end());
}).listen(Number(port), '127.0.0.1');

const still = new Int32Array(new SharedArrayBuffer(4));
setInterval(() => Atomics.wait(still, 0, 0, STALL_MS), EVERY_MS);
