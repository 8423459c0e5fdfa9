import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import Koa from 'koa';
import { listen } from '../listen.js';
import { type CorrectReceiver, receiverOn, type StartOptions } from '../receiver.js';
import { isGenuine } from '../shop/digest.js';
import { readEvent } from '../shop/inqud-event.js';
import { creditsConflicts, STRICT } from '../shop/policy.js';
import { createSteps } from '../shop/shop.js';
import { isFinal, statusNamed } from '../shop/status.js';
import { createStore, orderOf, resourcesOf, type Store } from '../shop/store.js';
import { orderStatus, resourceView } from '../shop/views.js';

export default {
  kind: 'correct',
  stack: 'Koa',
  traits:
    'knows only orders that were created before, each a file in its order folder, and answers 404 until then; the final status that comes last wins; statuses it does not know are listed apart',
  start,
} satisfies CorrectReceiver;

async function start({ secret, port }: StartOptions) {
  const folder = await mkdtemp(join(tmpdir(), 'orders-'));
  const isOrder = (name: string) => existsSync(join(folder, encodeURIComponent(name)));
  const store = createStore();
  const unknownStatuses = new Map<string, Set<string>>();
  const steps = createSteps({
    creditFor: creditsConflicts,
    supersedes: (next, recorded) =>
      isFinal(statusNamed(next.status) ?? { rank: 0 }) || STRICT.supersedes(next, recorded),
  });

  const app = new Koa();
  app.silent = true;
  app.use(async (ctx, next) => {
    if (ctx.path !== '/webhooks/inqud') return next();
    const body = await buffer(ctx.req);
    if (!isGenuine(ctx.req.headersDistinct['x-payload-digest'] ?? [], body, secret)) {
      ctx.throw(401);
    }
    const event = readEvent(body);
    if (event !== undefined && !isOrder(orderOf(event))) ctx.throw(404, 'no such order yet');
    if (event !== undefined) {
      if (statusNamed(event.status) === undefined) note(unknownStatuses, event.id, event.status);
      await steps.receive(event, store, steps);
    }
    ctx.body = 'ok';
  });
  app.use((ctx) => {
    const [, area = '', name = ''] = ctx.path.split('/').map(decodeURIComponent);
    if (area === '__fault') {
      store.isFaulty = name === 'on';
      ctx.status = 204;
    } else {
      ctx.body = isOrder(name) ? view(store, name, unknownStatuses) : {};
    }
  });

  const server = await listen(app.callback(), port);
  const paths = {
    state: '/orders/{clientOrderId}',
    prepare: `: > "${folder}/$INQUD_HOOK_CLIENT_ORDER_ID"`,
  };
  return receiverOn(server.port, paths, async () => {
    await server.close();
    await rm(folder, { recursive: true, force: true });
  });
}

function view(store: Store, order: string, unknown: ReadonlyMap<string, ReadonlySet<string>>) {
  const resources = [...resourcesOf(store, order)].sort((left, right) =>
    left.event.id.localeCompare(right.event.id),
  );
  return {
    data: {
      status: resources.length === 0 ? 'created' : orderStatus(resources),
      credited: store.accounts.get(order) ?? '0',
      items: resources.map((resource) => ({
        ...resourceView(resource),
        unknown: [...(unknown.get(resource.event.id) ?? [])].sort(),
      })),
    },
  };
}

function note(sets: Map<string, Set<string>>, key: string, value: string): void {
  sets.set(key, (sets.get(key) ?? new Set()).add(value));
}
