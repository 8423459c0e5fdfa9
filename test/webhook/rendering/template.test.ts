import { describe, expect, it } from 'vitest';
import { CATALOGUE } from '../../../src/webhook/catalogue.js';
import { parseLifecycle } from '../../../src/webhook/kinds/lifecycle.js';
import { eventNames } from '../../../src/webhook/kinds/names.js';
import { parseOverride } from '../../../src/webhook/overrides/parse-override.js';
import { eventTimes } from '../../../src/webhook/rendering/hole.js';
import { createIdSpace, idSource } from '../../../src/webhook/rendering/id-source.js';
import { type Leaf, leavesOf } from '../leaves.js';
import { sampleText } from '../sample-files.js';
import { templateOf } from './template-of.js';

const FIRST_MS = Date.parse('2030-01-01T00:00:00.000Z');
const MINUTE_MS = 60_000;
const space = createIdSpace('seed', 'salt');
const contextOf = (resource: number, { order = resource, spacingMs = MINUTE_MS } = {}) => ({
  ids: idSource(space, resource, order),
  eventTimeMs: eventTimes(FIRST_MS, spacingMs),
});
const textOf = (bytes: Uint8Array) => new TextDecoder('utf-8', { fatal: true }).decode(bytes);
const rendered = (event: string, context = contextOf(1)) =>
  textOf(templateOf(event).render(context));
const renderedLife = (text: string, context = contextOf(1)) => {
  const { events, end } = parseLifecycle(text);
  return events.map((name) => leavesOf(textOf(templateOf(name.text, { end }).render(context))));
};
const at = (leaves: ReadonlyMap<string, Leaf> | undefined, path: string) => leaves?.get(path)?.text;

describe('a rendered event', () => {
  it('is compact JSON with the keys and the number texts of its sample', () => {
    expect(rendered('payment.partial-success')).toMatch(
      /^\{"id":"PMT-[0-9a-f-]{36}","orderId":"ORD-[0-9a-f-]{36}","clientOrderId":"order-[0-9a-f]{8}","externalId":"[0-9a-f]{64}","orderType":"PAYOUT","transactionType":"CREDIT","method":"CC_VISAMC","currency":"USD","amount":62\.5,"status":"PARTIAL_SUCCESS","createdAt":"2030-01-01T00:00:00Z","h2H":false\}$/,
    );
  });

  it.each(eventNames().map(({ text }) => text))(
    'differs from its sample in values only: %s',
    (event) => {
      const sample = leavesOf(sampleText(event));
      const fresh = leavesOf(rendered(event));
      expect([...fresh.keys()]).toEqual([...sample.keys()]);
      for (const [path, leaf] of sample) {
        const shape = (text = '') => text.replace(/[0-9a-f]/g, 'x');
        if (leaf.type === 'string') expect(shape(fresh.get(path)?.text)).toBe(shape(leaf.text));
        if (leaf.type !== 'string') expect(fresh.get(path)).toEqual(leaf);
      }
    },
  );

  it('is the same every time, and for the same seed and salt', () => {
    const template = templateOf('checkout.success');
    expect(template.render(contextOf(7))).toEqual(template.render(contextOf(7)));
    const { ids, eventTimeMs } = contextOf(7);
    expect(template.renderDuring(eventTimeMs)(ids)).toEqual(template.render(contextOf(7)));
    const again = { ...contextOf(7), ids: idSource(createIdSpace('seed', 'salt'), 7, 7) };
    expect(template.render(again)).toEqual(template.render(contextOf(7)));
  });

  it('has other ids with another seed, salt or resource', () => {
    const template = templateOf('checkout.success');
    const ids = [
      idSource(space, 1, 1),
      idSource(space, 2, 1),
      idSource(createIdSpace('other', 'salt'), 1, 1),
      idSource(createIdSpace('seed', 'other'), 1, 1),
    ].map((source) => template.id({ ...contextOf(1), ids: source }));
    expect(new Set(ids).size).toBe(4);
  });

  it('ends without a newline', () => {
    expect(rendered('invoice.new').at(-1)).toBe('}');
  });
});

describe('the ids of a rendered life', () => {
  const life = renderedLife('checkout');

  it('stay the same from event to event', () => {
    expect(new Set(life.map((leaves) => at(leaves, 'id'))).size).toBe(1);
    expect(at(life[1], 'request.id')).toMatch(/^CAPD-/);
    expect(at(life[3], 'request.id')).toBe(at(life[1], 'request.id'));
    expect(at(life[3], 'request.address')).toBe(at(life[1], 'request.address'));
  });

  it('link a checkout, its request and its payment', () => {
    expect(at(life[3], 'request.checkoutId')).toBe(at(life[3], 'id'));
    expect(at(life[3], 'request.payment.id')).toBe(at(life[3], 'request.paymentId'));
    expect(at(life[3], 'request.payment.orderId')).toBe(at(life[3], 'request.orderId'));
    expect(at(life[3], 'acquiringUrl')).toBe(
      `https://pay.example.com/checkout/${at(life[3], 'id')}`,
    );
  });

  it('name the same order throughout', () => {
    const references = life.map((leaves) => at(leaves, 'clientOrderId'));
    expect(new Set([...references, at(life[2], 'request.payment.clientOrderId')]).size).toBe(1);
  });

  it('keep the ids of the merchant’s account', () => {
    const sample = leavesOf(sampleText('checkout.success'));
    expect(at(life[3], 'projectId')).toBe(at(sample, 'projectId'));
    expect(at(life[3], 'id')).not.toBe(at(sample, 'id'));
  });

  it('reach into links', () => {
    const invoice = leavesOf(rendered('invoice.success'));
    expect(at(invoice, 'paymentIntents.0.transaction.txLink')).toBe(
      `https://etherscan.io/tx/${at(invoice, 'paymentIntents.0.transaction.tx')}`,
    );
  });

  it('name the authorization of an invoice, which is that of the order', () => {
    const invoices = [1, 2].map((resource) =>
      leavesOf(rendered('invoice.success', contextOf(resource, { order: 9 }))),
    );
    const [one, other] = invoices.map((leaves) => at(leaves, 'authorizationId'));
    expect(one).toMatch(/AGR-/);
    expect(one).toBe(other);
    expect(new Set(invoices.map((leaves) => at(leaves, 'id'))).size).toBe(2);
  });

  it('are in part those of the order, where one order has many resources', () => {
    const [first, second] = [1, 2].map((resource) =>
      leavesOf(rendered('static-payment.pending', contextOf(resource, { order: 9 }))),
    );
    expect(at(first, 'id')).not.toBe(at(second, 'id'));
    expect(at(first, 'txHash')).not.toBe(at(second, 'txHash'));
    expect(at(first, 'address')).toBe(at(second, 'address'));
    expect(at(first, 'referenceId')).toBe(at(second, 'referenceId'));
  });
});

describe('the times of a rendered life', () => {
  it('are those of the events, with the digits of the sample', () => {
    const life = renderedLife('checkout', contextOf(1, { spacingMs: 5 * MINUTE_MS }));
    expect(life.map((leaves) => at(leaves, 'createdAt'))).toEqual(
      life.map(() => '2030-01-01T00:00:00.000123507Z'),
    );
    expect(life.map((leaves) => at(leaves, 'lastUpdatedAt'))).toEqual([
      'null',
      '2030-01-01T00:05:00.000362140Z',
      '2030-01-01T00:10:00.000362140Z',
      '2030-01-01T00:15:00.000362140Z',
    ]);
    expect(at(life[3], 'request.createdAt')).toBe('2030-01-01T00:05:00.000153488Z');
    expect(at(life[3], 'request.payment.createdAt')).toBe('2030-01-01T00:10:00.000214905Z');
  });

  it('place a deadline as long after the creation as the sample does', () => {
    const [, created] = renderedLife('checkout');
    expect(at(created, 'expiresAt')).toBe('2030-01-01T00:59:59Z');
    expect(at(created, 'request.expiresAt')).toBe('2030-01-01T00:11:00.000150012Z');
  });

  it('move a deadline that would be over before a life that met it', () => {
    const life = renderedLife('request', contextOf(1, { spacingMs: 60 * MINUTE_MS }));
    expect(life.map((leaves) => at(leaves, 'expiresAt'))).toEqual(
      life.map(() => '2030-01-01T02:00:00.000150012Z'),
    );
  });

  it('are over where the life ends because time ran out, and said so from the start', () => {
    const life = renderedLife('checkout:expired');
    expect(life.map((leaves) => at(leaves, 'expiresAt'))).toEqual(
      life.map(() => '2030-01-01T00:02:00Z'),
    );
    expect(at(life[1], 'request.expiresAt')).toBe('2030-01-01T00:02:00.000150012Z');
    expect(at(life[2], 'request.expiresAt')).toBe('2030-01-01T00:02:00.000150012Z');
    expect(at(life[2], 'lastUpdatedAt')).toBe('2030-01-01T00:02:00.000362140Z');
  });

  it('strictly increase even when the events have no time between them', () => {
    const stamps = renderedLife('checkout', contextOf(1, { spacingMs: 0 })).map((leaves) =>
      at(leaves, 'lastUpdatedAt'),
    );
    expect(stamps.slice(1)).toEqual([
      '2030-01-01T00:00:00.001362140Z',
      '2030-01-01T00:00:00.002362140Z',
      '2030-01-01T00:00:00.003362140Z',
    ]);
  });

  it('keep three digits, or none, where the sample has them', () => {
    const legacy = renderedLife('legacy-payment').map((leaves) => at(leaves, 'timestamp'));
    expect(legacy).toEqual([
      '2030-01-01T00:00:00.000Z',
      '2030-01-01T00:01:00.000Z',
      '2030-01-01T00:02:00.000Z',
    ]);
    expect(at(leavesOf(rendered('payment.success')), 'createdAt')).toBe('2030-01-01T00:00:00Z');
  });
});

describe('a life with an unusual end', () => {
  it('is a payout from the start when it is paid in part', () => {
    const life = renderedLife('payment:partial-success');
    expect(life.map((leaves) => at(leaves, 'orderType'))).toEqual(['PAYOUT', 'PAYOUT', 'PAYOUT']);
    expect(life.map((leaves) => at(leaves, 'amount'))).toEqual(['100', '100', '62.5']);
  });

  it('shows the smaller payment as soon as it is seen when it is underpaid', () => {
    const life = renderedLife('checkout:conflict');
    expect(life.map((leaves) => at(leaves, 'request.payment.amount'))).toEqual([
      undefined,
      undefined,
      '120.5',
      '120.5',
    ]);
  });

  it('never changes what lasts: ids, amounts asked, deadlines', () => {
    const lasting = ['id', 'orderId', 'orderType', 'currency', 'expiresAt', 'createdAt', 'address'];
    for (const kind of CATALOGUE.kinds) {
      for (const { name } of kind.statuses) {
        const life = renderedLife(`${kind.kind}:${name}`, contextOf(3, { spacingMs: 7_654_321 }));
        for (const field of lasting) {
          expect(new Set(life.map((leaves) => at(leaves, field))).size).toBe(1);
        }
      }
    }
  });
});

describe('a template', () => {
  it('tells the id and the reference that it renders', () => {
    const template = templateOf('checkout.new');
    const leaves = leavesOf(textOf(template.render(contextOf(4))));
    expect(template.id(contextOf(4))).toBe(at(leaves, 'id'));
    expect(template.reference(contextOf(4))).toBe(at(leaves, 'clientOrderId'));
  });

  it('finds the id and the reference where the kind has them', () => {
    expect(templateOf('legacy-payment.new').id(contextOf(1))).toMatch(/^PMT-/);
    expect(templateOf('legacy-payment.new').reference(contextOf(1))).toBeUndefined();
    expect(templateOf('static-payment.pending').reference(contextOf(1))).toMatch(
      /^customer-[0-9a-f]{8}$/,
    );
  });

  it('knows the number of its event', () => {
    expect(templateOf('checkout.success').index).toBe(3);
    expect(templateOf('checkout.new').index).toBe(0);
  });

  it('sends an override as it is, and tells it', () => {
    const id = 'CCO-11111111-2222-4333-8444-555555555555';
    const overrides = [
      `id=${id}`,
      'clientOrderId=mine',
      'fixedAmount.amount=1e3',
      'name=žluť "☕"',
      'createdAt=2026-03-02T09:17:26.081Z',
    ].map(parseOverride);
    const template = templateOf('checkout.new', { overrides });
    const text = textOf(template.render(contextOf(1)));
    expect(text.startsWith(`{"id":"${id}",`)).toBe(true);
    expect(text).toContain('"amount":1e3');
    expect(text).toContain('"name":"žluť \\"☕\\""');
    expect(text).toContain('"createdAt":"2026-03-02T09:17:26.081Z"');
    expect(template.id(contextOf(1))).toBe(id);
    expect(template.reference(contextOf(1))).toBe('mine');
  });

  it('tells an id that an override made something else than a string', () => {
    const idOf = (override: string) =>
      templateOf('checkout.new', { overrides: [parseOverride(override)] }).id(contextOf(1));
    expect(idOf('id=1.0')).toBe('1.0');
    expect(idOf('id={"a":[1]}')).toBe('{"a":[1]}');
    expect(idOf('id=null')).toBe('');
  });

  it('tells no reference when that is null', () => {
    const overrides = [parseOverride('clientOrderId=null')];
    expect(templateOf('request.success', { overrides }).reference(contextOf(1))).toBeUndefined();
  });
});
