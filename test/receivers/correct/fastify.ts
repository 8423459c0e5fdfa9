import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { fastify } from 'fastify';
import { portOf } from '../listen.js';
import { type CorrectReceiver, receiverOn, type StartOptions } from '../receiver.js';
import { isGenuine } from '../shop/digest.js';
import { readEvent } from '../shop/inqud-event.js';
import { STRICT, successWins } from '../shop/policy.js';
import { createSteps } from '../shop/shop.js';
import { createStore, type Resource, resourcesOf } from '../shop/store.js';
import { exact } from '../shop/views.js';

const PROBE_MS = 60;

export default {
  kind: 'correct',
  stack: 'Fastify',
  traits:
    'amounts are JSON numbers with every digit, success beats any other final status, the state is slow, paged, and has a request id and the time in it',
  start,
} satisfies CorrectReceiver;

async function start({ secret, port = 0 }: StartOptions) {
  const store = createStore();
  const steps = createSteps({ ...STRICT, supersedes: successWins });
  const app = fastify({ bodyLimit: 2 * 1024 * 1024, forceCloseConnections: true });
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));

  app.post('/webhooks/inqud', async (request, reply) => {
    const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
    const digests = request.raw.headersDistinct['x-payload-digest'] ?? [];
    if (!isGenuine(digests, body, secret)) return reply.code(401).send();
    const event = readEvent(body);
    if (event !== undefined) await steps.receive(event, store, steps);
    return reply.code(200).send();
  });
  app.get<{ Params: { order: string } }>('/orders/:order', async (request, reply) => {
    await wait(PROBE_MS);
    const items = resourcesOf(store, request.params.order).map(itemText).sort();
    return reply
      .header('Content-Type', 'application/json')
      .send(
        `{"requestId":"${randomUUID()}","asOf":${Date.now()},"page":1,"pages":1,"items":[${items}]}`,
      );
  });
  app.post<{ Params: { mode: string } }>('/__fault/:mode', async (request, reply) => {
    store.isFaulty = request.params.mode === 'on';
    return reply.code(204).send();
  });

  await app.listen({ host: '127.0.0.1', port });
  return receiverOn(portOf(app.server), { state: '/orders/{clientOrderId}?page=1' }, () =>
    app.close(),
  );
}

/** Written by hand because `JSON.stringify` would round the amounts. */
function itemText({ event, credited }: Resource): string {
  const [id, status, reason] = [event.id, event.status, event.reason ?? null].map((value) =>
    JSON.stringify(value),
  );
  const [amount, paid] = [exact(event.amount), exact(event.paid)];
  return `{"id":${id},"status":${status},"reason":${reason},"amount":${amount},"paid":${paid},"credited":${credited}}`;
}
