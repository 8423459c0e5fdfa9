import express from 'express';
import { listen } from '../listen.js';
import { type CorrectReceiver, receiverOn, type StartOptions } from '../receiver.js';
import { isGenuine } from '../shop/digest.js';
import { readEvent } from '../shop/inqud-event.js';
import { creditsConflicts, laterFinalWins } from '../shop/policy.js';
import { createSteps } from '../shop/shop.js';
import { balanceOf, createStore } from '../shop/store.js';
import { orderView } from '../shop/views.js';

export default {
  kind: 'correct',
  stack: 'Express',
  traits:
    '400 for a forged web hook, {} for an unknown order, the later final status wins, a conflict credits what was paid, the balance of the whole shop shows in every order',
  start,
} satisfies CorrectReceiver;

async function start({ secret, port }: StartOptions) {
  const store = createStore();
  const steps = createSteps({ supersedes: laterFinalWins, creditFor: creditsConflicts });
  const app = express();

  app.post('/webhooks/inqud', express.raw({ type: () => true, limit: '2mb' }), async (req, res) => {
    const body = Buffer.isBuffer(req.body) ? req.body : Buffer.alloc(0);
    if (!isGenuine(req.headersDistinct['x-payload-digest'] ?? [], body, secret)) {
      res.status(400).json({ error: 'bad digest' });
      return;
    }
    const event = readEvent(body);
    if (event !== undefined) await steps.receive(event, store, steps);
    res.status(200).json({ received: true });
  });
  app.get('/orders/:order', (req, res) => {
    const view = orderView(store, req.params.order);
    res.json(view === undefined ? {} : { ...view, shop: { balance: balanceOf(store) } });
  });
  app.post('/__fault/:mode', (req, res) => {
    store.isFaulty = req.params.mode === 'on';
    res.sendStatus(204);
  });
  app.use((_error: unknown, _req: express.Request, res: express.Response, _: unknown) => {
    res.sendStatus(500);
  });

  const server = await listen(app, port);
  return receiverOn(server.port, { state: '/orders/{clientOrderId}' }, server.close);
}
