// Calls the route handlers of docs/receivers/nextjs as Next.js does, from the folder they are in.
import { createServer } from 'node:http';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { pathToFileURL } from 'node:url';

const load = (path) => import(pathToFileURL(join(process.cwd(), path)).href);
const { POST } = await load('app/webhooks/inqud/route.js');
const { GET } = await load('app/orders/[order]/route.js');
const { register } = await load('instrumentation.js');
await register();

createServer(async (req, res) => {
  const url = new URL(req.url, 'http://127.0.0.1');
  const order = decodeURIComponent(url.pathname.split('/').at(-1));
  const headers = new Headers(Object.entries(req.headersDistinct).flatMap(pairs));
  const body = req.method === 'POST' ? await buffer(req) : undefined;
  const request = new Request(url, { method: req.method, headers, body });
  const params = Promise.resolve({ order });
  const answer = await (req.method === 'POST' ? POST(request) : GET(request, { params })).catch(
    () => new Response(null, { status: 500 }),
  );
  res.writeHead(answer.status, Object.fromEntries(answer.headers));
  res.end(Buffer.from(await answer.arrayBuffer()));
}).listen(Number(process.env.PORT), '127.0.0.1');

function pairs([name, values]) {
  return values.map((value) => [name, value]);
}
