import { hash } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createSigner, DIGEST_HEADER, digestsMatch, type Signer } from '../webhook/digest.js';
import type { Secret } from '../webhook/secret.js';
import type { Arrival, Behaviour, Reaction } from './behaviour.js';
import { MOST_WAITING } from './http/places.js';

export interface BuiltInReceiver {
  readonly url: string;
  close(): Promise<void>;
}

export interface BuiltInOptions {
  readonly behaviour: Behaviour;
  /** With one, a web hook without the right digest is answered 401. */
  readonly secret: Secret | undefined;
  /** Plan time, in milliseconds. */
  readonly planNow: () => number;
  /** What the sender waits, in real milliseconds. */
  readonly timeoutMs: number;
}

const PATH = '/webhooks/inqud';
const LONGEST_BODY_BYTES = 16 * 1024 * 1024;

/** A receiver on a free loopback port that checks digests and then does what its behaviour says. */
export async function startBuiltInReceiver(options: BuiltInOptions): Promise<BuiltInReceiver> {
  const signer = options.secret && createSigner(options.secret);
  const react = createReactions(options);
  const timers = new Set<NodeJS.Timeout>();
  const server = createServer((request, response) => {
    readBody(request)
      .then((body) => {
        const reaction = isGenuine(request, body, signer) ? react(body) : REFUSED;
        carryOut(reaction, response, timers);
      })
      .catch(() => response.destroy());
  });
  server.keepAliveTimeout = 60_000;
  const port = await listen(server);
  return { url: `http://127.0.0.1:${port}${PATH}`, close: () => close(server, timers) };
}

const REFUSED: Reaction = { kind: 'answer', status: 401, afterMs: 0 };

function createReactions(options: BuiltInOptions): (body: Uint8Array) => Reaction {
  const seen = new Map<string, number>();
  let number = 0;
  return (body) => {
    const key = hash('sha1', body, 'base64');
    const sameBody = (seen.get(key) ?? 0) + 1;
    seen.set(key, sameBody);
    number += 1;
    const { planNow, timeoutMs } = options;
    const arrival: Arrival = { number, sameBody, planMs: planNow(), timeoutMs };
    return options.behaviour(arrival);
  };
}

function isGenuine(
  request: IncomingMessage,
  body: Uint8Array,
  signer: Signer | undefined,
): boolean {
  if (signer === undefined) return true;
  const given = request.headers[DIGEST_HEADER.toLowerCase()];
  return typeof given === 'string' && digestsMatch(given, signer(body));
}

async function readBody(request: IncomingMessage): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of request) {
    bytes += chunk.length;
    if (bytes > LONGEST_BODY_BYTES) throw new RangeError('the body is too large');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function carryOut(reaction: Reaction, response: ServerResponse, timers: Set<NodeJS.Timeout>): void {
  if (reaction.kind === 'hang') return;
  if (reaction.afterMs === 0) return respond(reaction.status, response);
  const timer = setTimeout(() => {
    timers.delete(timer);
    respond(reaction.status, response);
  }, reaction.afterMs);
  timers.add(timer);
}

function respond(status: number, response: ServerResponse): void {
  const body = status === 204 || status === 304 ? '' : `{"status":${status}}`;
  response.writeHead(status, body === '' ? {} : { 'Content-Type': 'application/json' });
  response.end(body);
}

function listen(server: Server): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ port: 0, host: '127.0.0.1', backlog: MOST_WAITING }, () => {
      const address = server.address();
      if (typeof address === 'object' && address !== null) resolve(address.port);
    });
  });
}

function close(server: Server, timers: Set<NodeJS.Timeout>): Promise<void> {
  for (const timer of timers) clearTimeout(timer);
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
