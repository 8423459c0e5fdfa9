import type { IncomingMessage, ServerResponse } from 'node:http';
import { listen } from './listen.js';
import { receiverOn, type Start } from './receiver.js';
import { isGenuine } from './shop/digest.js';
import { type InqudEvent, readEvent } from './shop/inqud-event.js';
import { createSteps, type Steps } from './shop/shop.js';
import { createStore, type Memory, type Store } from './shop/store.js';
import { orderView, resourceView } from './shop/views.js';

/** A receiver in plain Node, step by step. A broken one is this one with a step done wrongly. */
export interface Recipe extends Steps {
  readonly bodyLimitBytes: number;
  /** What it makes of the pieces that a body comes in. */
  readonly joined: (pieces: readonly Buffer[]) => Buffer;
  /** Every value of the digest header, in order. */
  readonly digests: (request: IncomingMessage) => readonly string[];
  readonly isGenuine: (digests: readonly string[], body: Buffer, secret: string) => boolean;
  readonly forgedStatus: number;
  /** Undefined when the body is about nothing the shop knows. @throws when it cannot be read */
  readonly read: (body: Buffer) => InqudEvent | undefined;
  readonly acknowledge: (response: ServerResponse, done: Promise<void>) => Promise<void>;
  readonly memory: Memory;
  readonly handle: (call: Call, recipe: Recipe) => Promise<void>;
  /** Called when it listens; what it returns is called when it stops. */
  readonly onStart: (store: Store, recipe: Recipe, apiUrl: string | undefined) => () => void;
}

/** One web hook that came in, read to its end. */
export interface Call {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly body: Buffer;
  readonly secret: string;
  readonly store: Store;
}

/** The correct recipe. Each receiver gets a fresh one, since steps may keep something. */
export function createRecipe(steps: Steps = createSteps()): Recipe {
  return {
    ...steps,
    bodyLimitBytes: 1024 * 1024,
    joined: (pieces) => Buffer.concat(pieces),
    digests: ({ headersDistinct }) => headersDistinct['x-payload-digest'] ?? [],
    isGenuine,
    forgedStatus: 401,
    read: readEvent,
    acknowledge,
    memory: new Set(),
    handle,
    onStart: () => () => {},
  };
}

export function nodeReceiver(create: () => Recipe): Start {
  return async ({ secret, port, apiUrl }) => {
    const recipe = create();
    const store = createStore(recipe.memory);
    const server = await listen((request, response) => {
      respond({ request, response, secret, store }, recipe).catch(() => end(response, 500));
    }, port);
    const stop = recipe.onStart(store, recipe, apiUrl);
    return receiverOn(server.port, { state: '/orders/{clientOrderId}' }, () => {
      stop();
      return server.close();
    });
  };
}

/** Only a genuine web hook is looked at, and only one that is done is acknowledged. */
export async function handle(call: Call, recipe: Recipe): Promise<void> {
  const { request, response, body, secret, store } = call;
  if (!recipe.isGenuine(recipe.digests(request), body, secret)) {
    return end(response, recipe.forgedStatus);
  }
  const event = recipe.read(body);
  const done = event === undefined ? Promise.resolve() : recipe.receive(event, store, recipe);
  await recipe.acknowledge(response, done);
}

export async function acknowledge(response: ServerResponse, done: Promise<void>): Promise<void> {
  await done;
  end(response, 200);
}

export function end(response: ServerResponse, status: number): void {
  if (!response.headersSent) response.writeHead(status).end();
}

async function respond(call: Omit<Call, 'body'>, recipe: Recipe): Promise<void> {
  const { request, response, store } = call;
  const [, area = '', name = ''] = (request.url ?? '').split('/').map(decodeURIComponent);
  if (request.method === 'GET') return show(response, area, name, store);
  if (area === '__fault') {
    store.isFaulty = name === 'on';
    return end(response, 204);
  }
  const body = await readBody(request, recipe);
  if (body === undefined) return end(response, 413);
  await recipe.handle({ ...call, body }, recipe);
}

function show(response: ServerResponse, area: string, name: string, store: Store): void {
  const resource = store.resources.get(name);
  const byId = resource === undefined ? undefined : resourceView(resource);
  const view = area === 'orders' ? orderView(store, name) : byId;
  if (view === undefined) return end(response, 404);
  response.writeHead(200, { 'Content-Type': 'application/json' }).end(JSON.stringify(view));
}

/** The bytes as they came, or undefined when they are too many. */
async function readBody(
  request: IncomingMessage,
  { bodyLimitBytes, joined }: Recipe,
): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request) {
    chunks.push(chunk);
    bytes += chunk.length;
  }
  return bytes > bodyLimitBytes ? undefined : joined(chunks);
}
