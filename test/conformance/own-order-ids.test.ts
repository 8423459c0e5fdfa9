import { createServer } from 'node:http';
import { expect, onTestFinished, test, vi } from 'vitest';
import { check } from '../../src/library/index.js';
import { sign } from '../../src/webhook/digest.js';
import { Secret } from '../../src/webhook/secret.js';
import { inqudHook } from '../world.js';

/** A check waits for receivers to settle, and machines can be busy. */
vi.setConfig({ testTimeout: 90_000 });

const SECRET = 'hook-secret-1';
const FINAL = ['SUCCESS', 'CONFLICT', 'EXPIRED', 'FAILED', 'CANCELLED'];

/** A shop that numbers its orders itself, and knows no others. */
async function openShop() {
  const orders = new Map<string, { status: string; amount: number }>();
  const asked: string[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Uint8Array[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const body = Buffer.concat(chunks);
    const [, place = '', id = ''] = request.url?.split('/') ?? [];
    if (place === 'orders' && request.method === 'POST') {
      const number = `A-${orders.size + 1}`;
      orders.set(number, { status: 'OPEN', amount: 0 });
      return response.end(`clientOrderId=${number}\n`);
    }
    if (place === 'orders') {
      asked.push(id);
      const order = orders.get(id);
      return response.writeHead(order === undefined ? 404 : 200).end(JSON.stringify(order ?? {}));
    }
    if (request.headers['x-payload-digest'] !== sign(body, Secret.fromText(SECRET))) {
      return response.writeHead(401).end();
    }
    const { clientOrderId, status, fixedAmount } = JSON.parse(body.toString());
    const order = orders.get(clientOrderId);
    if (order === undefined) return response.writeHead(404).end('{"error":"unknown order"}');
    if (!FINAL.includes(order.status) && FINAL.includes(status)) {
      const amount = status === 'SUCCESS' ? fixedAmount.amount : 0;
      orders.set(clientOrderId, { status, amount });
    }
    return response.end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const address = server.address();
  const base = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
  return { base, url: `${base}/hook`, stateUrl: `${base}/orders/{clientOrderId}`, asked };
}

const RULES = ['idempotency/duplicate-in-sequence', 'ordering/any-order'];

test('a command makes the orders, and says the number that bodies and state go by', async () => {
  const shop = await openShop();
  const script = `fetch('${shop.base}/orders',{method:'POST'}).then(async r=>console.log(await r.text()))`;
  const ran = await inqudHook(
    [
      ...[
        'check',
        shop.url,
        '--state-url',
        shop.stateUrl,
        '--kind',
        'checkout',
        '--format',
        'json',
      ],
      ...[
        '--prepare',
        `node -e "${script}"`,
        '--linger',
        '0s',
        '--rules',
        'idempotency/duplicate-in*',
      ],
    ],
    { env: { INQUD_HOOK_SECRET: SECRET } },
  );
  const { results } = JSON.parse(ran.stdout);
  expect(results).toMatchObject([{ status: 'pass' }]);
  expect(new Set(shop.asked.map((id) => id.slice(0, 2)))).toEqual(new Set(['A-']));
});

test('a function of the library does so too, and without one nothing is taken', async () => {
  const shop = await openShop();
  const options = {
    url: shop.url,
    stateUrl: shop.stateUrl,
    secret: SECRET,
    kinds: ['checkout'],
    rules: RULES,
    lingerMs: 0,
    seed: '1',
  };
  const prepare = async () => (await fetch(`${shop.base}/orders`, { method: 'POST' })).text();
  const { results } = await check({ ...options, prepare });
  expect(results.map(({ status }) => status)).toEqual(['pass', 'pass']);
  const { summary } = await check({ ...options, rules: ['signature/valid-accepted'] });
  expect(summary.readiness.verdict).toBe('not-ready');
});
