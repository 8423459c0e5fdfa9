import { buffer } from 'node:stream/consumers';
import { setTimeout as wait } from 'node:timers/promises';
import { listen } from '../listen.js';
import { end } from '../node-receiver.js';
import { type CorrectReceiver, receiverOn, type StartOptions } from '../receiver.js';
import { isGenuine } from '../shop/digest.js';
import { type InqudEvent, readEvent } from '../shop/inqud-event.js';
import { createLocks } from '../shop/locks.js';
import { createSteps, type Steps } from '../shop/shop.js';
import { createStore, orderOf, type Store } from '../shop/store.js';
import { orderView } from '../shop/views.js';

const LATENCY_MS = 300;
const RETRY_MS = 25;

export default {
  kind: 'correct',
  stack: 'Node, queue first',
  traits:
    'answers at once and works later, in order for each resource; while work is under way its state has one field more; work that fails is done again without a retry of Inqud’s',
  start,
} satisfies CorrectReceiver;

async function start({ secret, port }: StartOptions) {
  const store = createStore();
  const queue = createQueue(store, createSteps());
  const server = await listen(async (request, response) => {
    const [, area = '', name = ''] = (request.url ?? '').split('/').map(decodeURIComponent);
    if (request.method === 'GET') {
      const view = { ...orderView(store, name), ...queue.progressOf(name) };
      return response.writeHead(200).end(JSON.stringify(view));
    }
    if (area === '__fault') {
      store.isFaulty = name === 'on';
      return end(response, 204);
    }
    const body = await buffer(request);
    const digests = request.headersDistinct['x-payload-digest'] ?? [];
    if (!isGenuine(digests, body, secret)) return end(response, 401);
    const event = readEvent(body);
    if (event !== undefined) queue.add(event);
    end(response, 200);
  }, port);
  return receiverOn(server.port, { state: '/orders/{clientOrderId}' }, () => {
    queue.stop();
    return server.close();
  });
}

function createQueue(store: Store, steps: Steps) {
  const waiting: InqudEvent[] = [];
  const locks = createLocks();
  let isStopped = false;

  async function work(event: InqudEvent): Promise<void> {
    for (let isDone = false; !isDone && !isStopped; ) {
      isDone = await steps.receive(event, store, steps).then(
        () => true,
        () => wait(RETRY_MS, false, { ref: false }),
      );
    }
    waiting.splice(waiting.indexOf(event), 1);
  }

  return {
    add: (event: InqudEvent) => {
      waiting.push(event);
      const arrived = wait(LATENCY_MS, undefined, { ref: false });
      void locks.exclusive(event.id, () => arrived.then(() => work(event)));
    },
    progressOf: (order: string) => {
      const inProgress = waiting.filter((event) => orderOf(event) === order).length;
      return inProgress === 0 ? {} : { inProgress };
    },
    stop: () => {
      isStopped = true;
    },
  };
}
