import { randomUUID } from 'node:crypto';
import { serve } from '@hono/node-server';
import { Hono } from 'hono';
import { type CorrectReceiver, receiverOn, type StartOptions } from '../receiver.js';
import { isGenuine } from '../shop/digest.js';
import { type InqudEvent, readEvent } from '../shop/inqud-event.js';
import { STRICT, unfreezeShows } from '../shop/policy.js';
import { createSteps } from '../shop/shop.js';
import { statusNamed } from '../shop/status.js';
import { createStore, type Resource } from '../shop/store.js';
import { exact } from '../shop/views.js';

export default {
  kind: 'correct',
  stack: 'Hono',
  traits:
    '403 for a forged web hook, plain text for an unknown resource, words of its own for the statuses, an unfreeze shows at once, the keys of its state come in any order',
  start,
} satisfies CorrectReceiver;

async function start({ secret, port = 0 }: StartOptions) {
  const store = createStore();
  const steps = {
    ...createSteps({ ...STRICT, supersedes: unfreezeShows }),
    keyOf: onceIfFinal,
    concerns: bringsMoney,
  };
  const app = new Hono();

  app.post('/webhooks/inqud', async (c) => {
    const body = Buffer.from(await c.req.arrayBuffer());
    const digest = c.req.header('x-payload-digest');
    // Two headers come joined by a comma, which no digest has in it.
    if (digest === undefined || !isGenuine([digest], body, secret)) return c.text('Forged', 403);
    const event = readEvent(body);
    if (event !== undefined) await steps.receive(event, store, steps);
    return c.text('OK');
  });
  app.get('/state/:id', (c) => {
    const resource = store.resources.get(c.req.param('id'));
    return resource === undefined ? c.text('No such resource', 404) : c.json(view(resource));
  });
  app.post('/__fault/:mode', (c) => {
    store.isFaulty = c.req.param('mode') === 'on';
    return c.body(null, 204);
  });
  app.onError((_error, c) => c.text('Try again', 500));

  return new Promise<ReturnType<typeof receiverOn>>((resolve) => {
    const server = serve({ fetch: app.fetch, hostname: '127.0.0.1', port }, (address) => {
      const close = () => new Promise<void>((done) => server.close(() => done()));
      resolve(receiverOn(address.port, { state: '/state/{id}' }, close));
    });
  });
}

/** An intermediate event moves no money, and a second PENDING is how an unfreeze is told. */
function onceIfFinal({ id, status }: InqudEvent): string {
  return statusNamed(status)?.outcome === undefined ? randomUUID() : `${id} ${status}`;
}

function bringsMoney({ amount, status }: InqudEvent): boolean {
  return amount !== undefined && statusNamed(status) !== undefined;
}

function view({ event, credited }: Resource): Record<string, unknown> {
  const fields: readonly (readonly [string, unknown])[] = [
    ['state', wordFor(event)],
    ['why', event.reason ?? ''],
    ['price', exact(event.amount)],
    ['received', exact(event.paid)],
    ['credit', { amount: credited }],
  ];
  return Object.fromEntries([...fields].sort(() => Math.random() - 0.5));
}

function wordFor({ status }: InqudEvent): string {
  const outcome = statusNamed(status)?.outcome;
  if (outcome !== undefined)
    return { success: 'paid', partial: 'part-paid', conflict: 'disputed', failure: 'dead' }[
      outcome
    ];
  return status === 'FROZEN' ? 'on hold' : 'waiting';
}
