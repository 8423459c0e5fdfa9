import { describe, expect, it } from 'vitest';
import type { Plan } from '../../src/delivery/plan.js';
import { createAuthenticator } from '../../src/mock-api/authentication.js';
import { createMockApi, type MockApiOptions } from '../../src/mock-api/mock-api.js';
import type { Header } from '../../src/ports.js';
import { apiFindingText } from '../../src/report/mock-api/words.js';
import { batchOf, planOf } from '../delivery/plans.js';
import { naiveTruth, truthOf } from './truths.js';

const TOKEN: readonly Header[] = [
  ['X-Token-API-Id', 'TKN-1'],
  ['X-Token-API-Secret', 'any'],
];
const plan = planOf({
  batches: ['payment', 'static-payment', 'checkout', 'request', 'on-ramp-checkout']
    .map((kind) => batchOf(kind, { count: 2 }))
    .concat(batchOf('authorization:granted'), batchOf('subscription:active')),
});
const END = Number.POSITIVE_INFINITY;

async function mockOf(given: Plan = plan, options: Partial<MockApiOptions> = {}) {
  const { truth } = await truthOf(given);
  const authenticate = createAuthenticator(undefined);
  const answer = createMockApi({
    truth,
    authenticate,
    errorRate: 0,
    seed: '1',
    wording: apiFindingText,
    ...options,
  });
  return (target: string, headers = TOKEN, method = 'GET') => {
    const {
      status,
      headers: said,
      body,
      record,
    } = answer({
      method,
      target,
      headers,
      body: new Uint8Array(),
    });
    const names = new Map(said.map(([name, value]) => [name.toLowerCase(), value]));
    const text = Buffer.from(body).toString();
    return { status, text, record, fidelity: names.get('x-inqud-hook-fidelity'), names };
  };
}

/** The bodies of all resources of a kind, by id. */
async function bodiesOf(prefix: string): Promise<readonly (readonly [string, string])[]> {
  return [...(await naiveTruth(plan, END))].filter(([id]) => id.startsWith(`${prefix}-`));
}

describe('a resource by its id', () => {
  it.each([
    ['PMT', '/v1/user/payments/{id}', 'documented'],
    ['CCO', '/v1/user/crypto-acquiring/CAP-any/checkouts/{id}', 'inferred'],
    ['CAPD', '/v1/user/crypto-acquiring/requests/{id}', 'inferred'],
    ['ORCO', '/v1/user/on-ramp/ORP-any/checkouts/{id}', 'inferred'],
  ])('%s- is at %s, which is %s', async (prefix, path, fidelity) => {
    const get = await mockOf();
    const bodies = await bodiesOf(prefix);
    expect(bodies.length).toBeGreaterThan(0);
    for (const [id, body] of bodies) {
      const answer = get(path.replace('{id}', id));
      expect([answer.status, answer.text, answer.fidelity]).toEqual([200, body, fidelity]);
      expect(answer.names.get('content-type')).toBe('application/json');
    }
  });

  it('is at no other place', async () => {
    const get = await mockOf();
    const [[id = ''] = []] = await bodiesOf('CCO');
    expect(get(`/v1/user/payments/${id}`).status).toBe(404);
    expect(get(`/v1/user/crypto-acquiring/requests/${id}`).status).toBe(404);
  });

  it('may be percent-encoded', async () => {
    const get = await mockOf();
    const [[id = '', body] = []] = await bodiesOf('PMT');
    expect(get(`/v1/user/payments/${id.replace('-', '%2D')}`).text).toBe(body);
  });
});

describe('payments', () => {
  it('are found by order and by reference, as an array', async () => {
    const get = await mockOf();
    for (const [, body] of await bodiesOf('PMT')) {
      const { orderId } = JSON.parse(body);
      const answer = get(`/v1/user/payments/search?orderId=${orderId}`);
      expect([answer.status, answer.text, answer.fidelity]).toEqual([200, `[${body}]`, 'inferred']);
    }
    expect(get('/v1/user/payments/search?orderId=nobody').text).toBe('[]');
    expect(get('/v1/user/payments/search').status).toBe(400);
  });

  it('are listed page by page', async () => {
    const get = await mockOf();
    const bodies = (await bodiesOf('PMT')).map(([, body]) => body);
    expect(get('/v1/user/payments').text).toBe(`[${bodies.join(',')}]`);
    expect(get('/v1/user/payments?page=1&size=3').text).toBe(`[${bodies[3]}]`);
    expect(get('/v1/user/payments?page=9&size=3').text).toBe('[]');
    expect(get('/v1/user/payments?size=1').names.get('x-total-count')).toBe('4');
  });

  it.each(['page=-1', 'page=x', 'size=0', 'size=101', 'size=1e2', 'page=99999999999'])(
    'with %s are a bad request',
    async (query) => {
      const { status, text } = (await mockOf())(`/v1/user/payments?${query}`);
      expect(status).toBe(400);
      expect(JSON.parse(text)).toEqual({
        code: 'BAD_REQUEST',
        message: 'page counts from 0, and size is 1 to 100.',
      });
    },
  );
});

it('the connection of a wallet is public, and has what is known of it', async () => {
  const get = await mockOf();
  const [[, authorization = ''] = []] = await bodiesOf('AGR');
  const [[, subscription = ''] = []] = await bodiesOf('SUB');
  const { wallet, planId } = JSON.parse(authorization);
  const { clientOrderId } = JSON.parse(subscription);
  const path = `/v1/web3/crypto-recurring/plans/${planId}/connection`;
  expect(get(`${path}/${wallet}`, []).text).toBe(
    `{"subscription":null,"authorization":${authorization}}`,
  );
  expect(get(`${path}/${wallet}?clientOrderId=${clientOrderId}`, []).text).toBe(
    `{"subscription":${subscription},"authorization":${authorization}}`,
  );
  expect(get(`${path}/0xnobody`, []).status).toBe(404);
});

describe('balances', () => {
  it('add up exactly what succeeded', async () => {
    const { text, fidelity } = (await mockOf())('/v1/user/wallet/balances');
    expect(text).toBe(
      '[{"currency":"USD","balance":200},{"currency":"USDT","balance":1086.50372},{"currency":"USDC","balance":199}]',
    );
    expect(fidelity).toBe('documented');
  });

  it('count nothing that failed or is under way, and take payouts away', async () => {
    const failed = planOf({ batches: [batchOf('payment:failed'), batchOf('checkout:expired')] });
    expect((await mockOf(failed))('/v1/user/wallet/balances').text).toBe('[]');
    const payout = {
      ...batchOf('payment', { count: 3 }),
      set: ['orderType=PAYOUT', 'amount=0.10'],
    };
    const payouts = planOf({ batches: [payout] });
    expect((await mockOf(payouts))('/v1/user/wallet/balances').text).toBe(
      '[{"currency":"USD","balance":-0.3}]',
    );
  });
});

describe('what is not served', () => {
  it.each([
    ['/', 404, 'NOT_FOUND'],
    ['/v1/user/payments/', 404, 'NOT_FOUND'],
    ['/v1/user/payments/PMT-unknown', 404, 'NOT_FOUND'],
    ['/v1/user/payments/%', 400, 'BAD_REQUEST'],
    ['/v1/user/payments/%ff', 400, 'BAD_REQUEST'],
    ['*', 404, 'NOT_FOUND'],
    ['http://api.inqud.com/v1/user/payments', 404, 'NOT_FOUND'],
  ])('%s is %d', async (target, status, code) => {
    const answer = (await mockOf())(target);
    expect([answer.status, JSON.parse(answer.text).code]).toEqual([status, code]);
    expect(answer.fidelity).toBe('inferred');
  });

  it('is a request without a token, and a request to change something', async () => {
    const get = await mockOf();
    const refused = get('/v1/user/payments', []);
    expect([refused.status, JSON.parse(refused.text)]).toEqual([
      401,
      { code: 'UNAUTHORIZED', message: 'There is no X-Token-API-Id.' },
    ]);
    const changed = get('/v1/user/payments', TOKEN, 'POST');
    expect([changed.status, changed.names.get('allow')]).toEqual([405, 'GET, HEAD']);
  });
});

it('--error-rate fails that share of requests, the same for the same seed', async () => {
  const statuses = async (seed: string, errorRate = 0.3) => {
    const get = await mockOf(plan, { errorRate, seed });
    return Array.from({ length: 300 }, () => get('/v1/user/payments?size=1').status);
  };
  const first = await statuses('1');
  expect(await statuses('1')).toEqual(first);
  expect(await statuses('2')).not.toEqual(first);
  const failed = first.filter((status) => status === 500).length;
  expect(failed).toBeGreaterThan(60);
  expect(failed).toBeLessThan(120);
  expect(new Set(await statuses('1', 0))).toEqual(new Set([200]));
  expect(new Set(await statuses('1', 1))).toEqual(new Set([500]));
});

it('every answer leaves a record', async () => {
  const get = await mockOf();
  expect(get('/v1/user/payments?size=1').record).toEqual({
    kind: 'request',
    number: 1,
    method: 'GET',
    target: '/v1/user/payments?size=1',
    status: 200,
    fidelity: 'inferred',
  });
  expect(get('/nowhere').record).toEqual({
    kind: 'request',
    number: 2,
    method: 'GET',
    target: '/nowhere',
    status: 404,
    note: { code: 'not-served', path: '/nowhere' },
  });
});
