/** The receivers that come with the program, for those who have none to try. */
import { hash } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createSigner, type Signer } from '../webhook/digest.js';
import { digestsMatch } from '../webhook/digests-match.js';
import { DIGEST_HEADER } from '../webhook/scheme.js';
import type { Secret } from '../webhook/secret.js';
import type { Behaviour, Reaction } from './behaviour.js';
import { BoundServer } from './http/bound-server.js';
import { wholeBody } from './http/bounded-body.js';
import { Delays } from './http/delays.js';
import { hasNoBody } from './http/statuses.js';

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
const KEEP_ALIVE_MS = 60_000;

/** A receiver on a free loopback port that checks digests and then does what its behaviour says. */
export async function startBuiltInReceiver(options: BuiltInOptions): Promise<BuiltInReceiver> {
  const react = createReactions(options);
  const delays = new Delays();
  const server = createServer({ keepAliveTimeout: KEEP_ALIVE_MS }, (request, response) => {
    wholeBody(request, LONGEST_BODY_BYTES)
      .then((body) => {
        if (body === undefined) response.destroy();
        else carryOut(react(request, body), response, delays);
      })
      .catch(() => response.destroy());
  });
  const bound = await BoundServer.bind(server, { host: '127.0.0.1', port: 0 });
  return {
    url: `${bound.origin}${PATH}`,
    close: () => {
      delays.cancel();
      return bound.close();
    },
  };
}

const REFUSED: Reaction = { kind: 'answer', status: 401, afterMs: 0 };

type React = (request: IncomingMessage, body: Uint8Array) => Reaction;

function createReactions({ behaviour, secret, planNow, timeoutMs }: BuiltInOptions): React {
  const signer = secret && createSigner(secret);
  const seen = new Map<string, number>();
  let number = 0;
  return (request, body) => {
    if (!isGenuine(request, body, signer)) return REFUSED;
    const key = hash('sha1', body, 'base64');
    const sameBody = (seen.get(key) ?? 0) + 1;
    seen.set(key, sameBody);
    number += 1;
    return behaviour({ number, sameBody, planMs: planNow(), timeoutMs });
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

function carryOut(reaction: Reaction, response: ServerResponse, delays: Delays): void {
  if (reaction.kind === 'answer') {
    delays.run(reaction.afterMs, () => respond(reaction.status, response));
  }
}

function respond(status: number, response: ServerResponse): void {
  const body = hasNoBody(status) ? '' : `{"status":${status}}`;
  response.writeHead(status, body === '' ? {} : { 'Content-Type': 'application/json' });
  response.end(body);
}
