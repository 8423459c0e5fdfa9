import { createHmac } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

/** A request as it came in. */
export interface Received {
  readonly path: string;
  /** Name and value, in order, case kept. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: Buffer;
}

export interface RecordingReceiver {
  readonly url: string;
  readonly port: number;
  readonly requests: Received[];
}

/** An answer, or `undefined` for none at all. */
export type Answering = (
  received: Received,
  index: number,
) => { readonly status: number; readonly body?: string; readonly location?: string } | undefined;

/** A receiver that keeps what it gets and answers as it is told: 200 by default. It ends with the test. */
export async function recording(
  answering: Answering = () => ({ status: 200 }),
): Promise<RecordingReceiver> {
  const requests: Received[] = [];
  const server = createServer(async (request, response) => {
    const received = await receive(request);
    requests.push(received);
    answer(response, answering(received, requests.length - 1));
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  const port = portOf(server.address());
  return { url: `http://127.0.0.1:${port}/hook`, port, requests };
}

/** A correct receiver: 200 for the one right digest over the raw body, 401 for anything else. */
export function correct(secret: string): Promise<RecordingReceiver> {
  return recording(({ headers, body }) => {
    const given = headers.filter(([name]) => name.toLowerCase() === 'x-payload-digest');
    const right = createHmac('sha1', secret).update(body).digest('hex');
    return { status: given.length === 1 && given[0]?.[1] === right ? 200 : 401 };
  });
}

/** The values of a header of a received request. */
export function valuesOf(received: Received | undefined, name: string): readonly string[] {
  const wanted = name.toLowerCase();
  return (received?.headers ?? [])
    .filter(([given]) => given.toLowerCase() === wanted)
    .map(([, value]) => value);
}

async function receive(request: IncomingMessage): Promise<Received> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  const { url = '', rawHeaders } = request;
  const headers = rawHeaders.flatMap((name, index) =>
    index % 2 === 0 ? [[name, rawHeaders[index + 1] ?? ''] as const] : [],
  );
  return { path: url, headers, body: Buffer.concat(chunks) };
}

function answer(response: ServerResponse, answered: ReturnType<Answering>): void {
  if (answered === undefined) return;
  const { status, body = '', location } = answered;
  response.writeHead(status, location === undefined ? {} : { Location: location });
  response.end(body);
}

function portOf(address: AddressInfo | string | null): number {
  if (address === null || typeof address === 'string') throw new Error('It listens on no port.');
  return address.port;
}
