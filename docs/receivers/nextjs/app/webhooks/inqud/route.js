import { inTransaction, isGenuine, readEvent, record } from '../../../lib/inqud.js';

export const runtime = 'nodejs'; // the edge has neither node:crypto nor a database file

export async function POST(request) {
  const body = Buffer.from(await request.arrayBuffer()); // not request.json()
  const digest = request.headers.get('x-payload-digest') ?? '';
  if (!isGenuine(body, digest)) return new Response(null, { status: 401 });
  inTransaction(() => record(readEvent(body)));
  return new Response(null, { status: 200 });
}
