import { type ClientRequest, request } from 'node:http';
import { setTimeout as sleep, setImmediate as turn } from 'node:timers/promises';
import { sampleEvent } from '../../src/library/index.js';
import type { Receiver } from './receiver.js';
import { digestOf } from './shop/digest.js';

export const SECRET = 'a-secret-of-the-tests';

/** A web hook as Inqud would send it. */
export interface WebHook {
  readonly id: string;
  readonly reference: string;
  readonly kind: string;
  readonly body: Buffer;
}

/** Which resource it is about: the same seed is the same resource. */
export interface Subject {
  readonly seed?: string;
  readonly set?: readonly string[];
}

const ORDER = 'order-of-the-tests';

/** The event of one resource; all of them belong to one order. */
export async function webHook(
  name: string,
  { seed = '1', set = [] }: Subject = {},
): Promise<WebHook> {
  const reference = name.startsWith('static') ? 'referenceId' : 'clientOrderId';
  const overrides = [`${reference}=${ORDER}`, ...set];
  const { body, resource } = await sampleEvent(name, {
    seed,
    atMs: 1_700_000_000_000,
    set: overrides,
  });
  const kind = name.slice(0, name.indexOf('.'));
  return {
    id: resource,
    reference: overridden(overrides, reference),
    kind,
    body: Buffer.from(body),
  };
}

export interface HowToPost {
  /** The values of the digest header; the right one by default. */
  readonly digests?: readonly string[];
  readonly headerName?: string;
  /** Writes so many bytes of the body first, and the rest a moment later. */
  readonly firstBytes?: number;
}

const PIECES_APART_MS = 50;

export interface Answered {
  /** 0 when the connection broke. */
  readonly status: number;
  readonly ms: number;
}

/** Delivers a web hook on a connection of its own. */
export function post(
  receiver: Receiver,
  { body }: Pick<WebHook, 'body'>,
  {
    digests = [digestOf(body, SECRET)],
    headerName = 'X-Payload-Digest',
    firstBytes = 0,
  }: HowToPost = {},
): Promise<Answered> {
  const { host, port, hostname, pathname: path } = new URL(receiver.url);
  const headers = [
    ['Host', host],
    ['Content-Type', 'application/json'],
    ['Content-Length', String(body.length)],
    ...digests.map((digest) => [headerName, digest]),
  ].flat();
  const started = performance.now();
  return new Promise((resolve) => {
    const answered = (status: number) => resolve({ status, ms: performance.now() - started });
    const posting = request(
      { hostname, port, path, method: 'POST', headers, agent: false },
      (response) => {
        response.resume().once('end', () => answered(response.statusCode ?? 0));
      },
    ).once('error', () => answered(0));
    if (firstBytes === 0) posting.end(body);
    else void writeInPieces(posting, body, firstBytes);
  });
}

async function writeInPieces(posting: ClientRequest, body: Buffer, firstBytes: number) {
  // A connection that breaks never calls back; the post has its answer then.
  await new Promise<unknown>((resolve) => posting.write(body.subarray(0, firstBytes), resolve));
  await sleep(PIECES_APART_MS);
  // The receiver lives in this process. After a stall, timers that are overdue come before what is to be read.
  for (let turns = 0; turns < 3; turns += 1) await turn();
  posting.end(body.subarray(firstBytes));
}

/** Delivers one after the other, and gives the answers. */
export async function postAll(
  receiver: Receiver,
  webHooks: readonly WebHook[],
): Promise<readonly number[]> {
  const statuses: number[] = [];
  for (const one of webHooks) statuses.push((await post(receiver, one)).status);
  return statuses;
}

/** What the receiver shows of it. */
export async function stateOf(
  receiver: Receiver,
  { id, reference, kind }: WebHook,
): Promise<string> {
  const url = receiver.stateUrl
    .replace('{clientOrderId}', reference)
    .replace('{id}', id)
    .replace('{kind}', kind);
  return (await fetch(url)).text();
}

/** Makes the receiver's work fail, or work again. */
export async function fault(receiver: Receiver, mode: 'on' | 'off'): Promise<void> {
  await fetch(new URL(`/__fault/${mode}`, receiver.url), { method: 'POST' });
}

/** A lifecycle: `checkout`, `new request-created success`. */
export function lifecycle(
  kind: string,
  statuses: string,
  subject?: Subject,
): Promise<readonly WebHook[]> {
  return Promise.all(statuses.split(' ').map((status) => webHook(`${kind}.${status}`, subject)));
}

function overridden(overrides: readonly string[], name: string): string {
  return overrides.findLast((one) => one.startsWith(`${name}=`))?.slice(name.length + 1) ?? '';
}
