import { parse, stringify } from 'lossless-json';
import { describe, expect, it } from 'vitest';
import { CATALOGUE, type Kind } from '../../src/webhook/catalogue.js';
import { eventNames } from '../../src/webhook/kinds/names.js';
import { type Leaf, leavesOf } from './leaves.js';
import { sampleFiles, sampleText } from './sample-files.js';

type Leaves = ReadonlyMap<string, Leaf>;

const STAMP = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z$/;
const ID =
  /(?:\b([A-Z]+)-)?\b([0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12})\b/g;
const HEX = /^(?:0x)?[0-9a-f]{40,64}$/;
const EPOCH_MS = Date.parse(CATALOGUE.sampleEpoch);
const MINUTE_MS = 60_000;

const samplesOf = (kind: Kind) =>
  kind.statuses.map((status) => ({
    ...status,
    number: status.path.length - 1,
    leaves: leavesOf(sampleText(`${kind.kind}.${status.name}`)),
  }));
const fieldOf = (path: string) => path.slice(path.lastIndexOf('.') + 1);
const roleOf = (path: string) =>
  CATALOGUE.timeFields.find(({ field }) => field === fieldOf(path))?.role;
const strings = (leaves: Leaves) => [...leaves].filter(([, leaf]) => leaf.type === 'string');
const idsOf = (text: string) =>
  [...text.matchAll(ID)].map(([, prefix, uuid]) => ({ prefix, uuid }));
/** Whole seconds, because samples may tell no more. */
const secondsOf = (text: string) => Math.floor(Date.parse(text) / 1000);
const eventNumberOf = (text: string) =>
  (secondsOf(text) - Math.floor(EPOCH_MS / 1000)) / (MINUTE_MS / 1000);
const textAt = (leaves: Leaves, path: string) => leaves.get(path)?.text;

describe('the sample events', () => {
  it('are one file for every status of every kind, and no other', () => {
    const expected = eventNames().map((name) => `${name.text.replace('.', '/')}.json`);
    expect(sampleFiles()).toEqual(expected.sort());
  });

  it('use each UUID for one thing: it always has the same prefix', () => {
    const prefixes = new Map<string | undefined, Set<string | undefined>>();
    for (const { text } of eventNames()) {
      for (const { prefix, uuid } of idsOf(sampleText(text))) {
        prefixes.set(uuid, (prefixes.get(uuid) ?? new Set()).add(prefix));
      }
    }
    expect([...prefixes].filter(([, known]) => known.size > 1)).toEqual([]);
  });

  it('link a subscription, its authorization and its invoice', () => {
    const invoice = leavesOf(sampleText('invoice.success'));
    const authorization = leavesOf(sampleText('authorization.granted'));
    const subscription = leavesOf(sampleText('subscription.initiated'));
    expect(textAt(invoice, 'authorizationId')).toBe(textAt(authorization, 'id'));
    expect(textAt(authorization, 'subscriptionId')).toBe(textAt(subscription, 'id'));
    expect(textAt(subscription, 'activeInvoice.id')).toBe(textAt(invoice, 'id'));
    expect(textAt(subscription, 'activeInvoice.status')).toBe('PENDING');
  });
});

describe.each(CATALOGUE.kinds)('the samples of a $kind', (kind) => {
  const samples = samplesOf(kind);

  it('are written as JSON with two spaces', () => {
    for (const { name } of samples) {
      const text = sampleText(`${kind.kind}.${name}`);
      expect(text).toBe(`${stringify(parse(text), undefined, 2)}\n`);
    }
  });

  it('say the status they are named after', () => {
    for (const { status, leaves } of samples) {
      expect(textAt(leaves, kind.statusField)).toBe(status);
      expect(leaves.get(kind.idField)?.type).toBe('string');
    }
  });

  it('have the same fields in the same order', () => {
    const tops = samples.map(({ leaves }) => [
      ...new Set([...leaves.keys()].map((path) => path.split('.', 1)[0])),
    ]);
    for (const top of tops) expect(top).toEqual(tops[0]);
  });

  it('have one type for each field, or null', () => {
    const types = new Map<string, Set<string>>();
    for (const [path, { type }] of samples.flatMap(({ leaves }) => [...leaves])) {
      if (type !== 'null') types.set(path, (types.get(path) ?? new Set()).add(type));
    }
    expect([...types].filter(([, known]) => known.size > 1)).toEqual([]);
  });

  it('keep their ids, addresses, hashes and references through one life', () => {
    const values = new Map<string, Set<string>>();
    const references = CATALOGUE.referenceFields.map(({ field }) => field);
    for (const [path, { text }] of samples.flatMap(({ leaves }) => strings(leaves))) {
      const lasts = idsOf(text).length > 0 || HEX.test(text) || references.includes(fieldOf(path));
      if (lasts) values.set(path, (values.get(path) ?? new Set()).add(text));
    }
    expect([...values].filter(([, known]) => known.size > 1)).toEqual([]);
  });

  it('have no id with a prefix that the catalogue does not know', () => {
    const known = CATALOGUE.idPrefixes.map(({ prefix }) => prefix);
    const prefixes = samples
      .flatMap(({ leaves }) => strings(leaves).flatMap(([, { text }]) => idsOf(text)))
      .flatMap(({ prefix }) => prefix ?? []);
    expect(prefixes.filter((prefix) => !known.includes(prefix))).toEqual([]);
  });

  it('have times in the fields that the catalogue says, and nowhere else', () => {
    for (const { leaves } of samples) {
      for (const [path, { text }] of strings(leaves)) {
        expect([path, STAMP.test(text)]).toEqual([path, roleOf(path) !== undefined]);
      }
    }
  });

  it('place moments on whole minutes, none after the event itself', () => {
    for (const { leaves, number } of samples) {
      for (const [path, { text }] of strings(leaves).filter(([at]) => roleOf(at) === 'moment')) {
        expect(text.replace(/^.*:\d\d/, '')).toMatch(/^(?:\.081\d*)?Z$/);
        expect(Array.from({ length: number + 1 }, (_, at) => at)).toContain(eventNumberOf(text));
        if (path === 'createdAt') expect(eventNumberOf(text)).toBe(0);
      }
    }
  });

  it('carry the time of the event in their last update', () => {
    for (const { leaves, number } of samples) {
      for (const field of ['lastUpdatedAt', 'modifiedAt', 'timestamp']) {
        const leaf = leaves.get(field);
        if (leaf?.type === 'null') expect(number).toBe(0);
        if (leaf?.type === 'string') expect(eventNumberOf(leaf.text)).toBe(number);
      }
    }
  });

  it('have deadlines that are the same through a life, or past where time ran out', () => {
    const first = samples[0]?.leaves;
    for (const { leaves, expires, number } of samples) {
      for (const [path, { text }] of strings(leaves).filter(([at]) => roleOf(at) === 'deadline')) {
        const created = textAt(leaves, path.replace(/[^.]*$/, 'createdAt')) ?? '';
        expect(text > created).toBe(true);
        if (expires) expect(eventNumberOf(text)).toBeLessThanOrEqual(number);
        const known = first?.get(path);
        if (!expires && known?.type === 'string') expect(text).toBe(known.text);
      }
    }
  });
});

/** Ten decimals, exact. */
const SCALE = 10n ** 10n;
function units(decimal: string | undefined): bigint {
  const [whole = '', fraction = ''] = (decimal ?? '').split('.');
  return BigInt(whole + fraction.padEnd(10, '0'));
}
const STEP = units('0.00001');
const roundUp = (amount: bigint) => ((amount + STEP - 1n) / STEP) * STEP;
const round = (amount: bigint) => ((amount + STEP / 2n) / STEP) * STEP;

const requests = [
  ...['waiting-payment', 'pending-payment', 'success', 'conflict', 'expired'].map(
    (status) => [`request.${status}`, ''] as const,
  ),
  ...['request-created', 'payment-detected', 'success', 'conflict', 'expired'].map(
    (status) => [`checkout.${status}`, 'request.'] as const,
  ),
];

describe.each(requests)('the request in %s', (event, at) => {
  const leaves = leavesOf(sampleText(event));
  const text = (field: string) => textAt(leaves, at + field);
  const type = (field: string) => leaves.get(at + field)?.type;
  const amount = (field: string) => units(text(field));

  it('asks for the amount at the rate, rounded up at five decimals', () => {
    const needed =
      (amount('requestAmount') * SCALE + amount('convertRate') - 1n) / amount('convertRate');
    expect(amount('payAmount')).toBe(roundUp(needed));
    expect(text('requestAmountConverted')).toBe(text('payAmount'));
  });

  it('takes a fixed fee and a share, and credits the rest', () => {
    const share = (amount('payAmount') * amount('merchantPercentPlatformFee')) / (100n * SCALE);
    expect(amount('merchantPlatformFee')).toBe(round(amount('merchantFixedPlatformFee') + share));
    expect(amount('processingAmount')).toBe(amount('payAmount') - amount('merchantPlatformFee'));
  });

  it('knows its payment as soon as that is seen, and what was paid when it is final', () => {
    const seen = !/waiting|created|expired/.test(event);
    for (const field of ['paymentId', 'paymentStatus', 'txHash']) {
      expect(type(field)).toBe(seen ? 'string' : 'null');
    }
    expect(type('payment')).toBe(seen ? undefined : 'null');
    expect(type('paidAmount')).toBe(/success|conflict/.test(event) ? 'number' : 'null');
  });

  it('agrees with its payment', () => {
    if (type('payment') === 'null') return;
    expect(text('payment.id')).toBe(text('paymentId'));
    expect(text('payment.status')).toBe(text('paymentStatus'));
    expect(text('payment.orderId')).toBe(text('orderId'));
    expect(text('payment.clientOrderId')).toBe(text('clientOrderId'));
    expect(text('payment.currency')).toBe(text('currency'));
    const paid = type('paidAmount') === 'null' ? text('payAmount') : text('paidAmount');
    expect(text('payment.amount')).toBe(paid);
  });

  it('is underpaid exactly when there is a conflict', () => {
    const isConflict = event.endsWith('conflict');
    expect(text('reason')).toBe(isConflict ? 'UNDERPAID' : 'null');
    if (isConflict) expect(amount('paidAmount')).toBeLessThan(amount('payAmount'));
    if (event.endsWith('success')) expect(text('paidAmount')).toBe(text('payAmount'));
  });

  it('has the fields of every other request', () => {
    const own = [...leaves.keys()].filter((path) => path.startsWith(at));
    const fields = new Set(own.map((path) => path.slice(at.length).split('.', 1)[0]));
    const model = leavesOf(sampleText('request.waiting-payment'));
    if (at !== '') expect([...fields]).toEqual([...model.keys()]);
  });
});

describe('a checkout sample', () => {
  const samples = CATALOGUE.kinds.filter(({ kind }) => kind === 'checkout').flatMap(samplesOf);

  it('has a request from the moment a coin is chosen', () => {
    for (const { status, leaves } of samples) {
      expect(leaves.get('request')?.type).toBe(status === 'NEW' ? 'null' : undefined);
    }
  });

  it('agrees with its request', () => {
    for (const { leaves } of samples.filter(({ status }) => status !== 'NEW')) {
      const text = (path: string) => textAt(leaves, path);
      expect(text('request.checkoutId')).toBe(text('id'));
      expect(text('request.clientOrderId')).toBe(text('clientOrderId'));
      expect(text('request.cryptoAcquiringProjectId')).toBe(text('projectId'));
      expect(text('request.requestAmount')).toBe(text('fixedAmount.amount'));
      expect(text('request.requestAmountIn')).toBe(text('fixedAmount.currency'));
      expect(text('request.payAmount')).toBe(text('estimatedPayAmounts.ETHEREUM_USDT'));
      expect(text('request.reason')).toBe(text('reason'));
      expect(text('acquiringUrl')).toBe(`https://pay.example.com/checkout/${text('id')}`);
    }
  });

  it('stands where its request stands', () => {
    const pairs = samples.map(({ status, leaves }) => [status, textAt(leaves, 'request.status')]);
    expect(pairs).toEqual([
      ['NEW', undefined],
      ['REQUEST_CREATED', 'WAITING_PAYMENT'],
      ['PAYMENT_DETECTED', 'PENDING_PAYMENT'],
      ['SUCCESS', 'SUCCESS'],
      ['CONFLICT', 'CONFLICT'],
      ['EXPIRED', 'EXPIRED'],
    ]);
  });
});

describe('a payment that is paid in part', () => {
  it.each(['payment', 'legacy-payment'])(
    'is a payout whose amount is what was paid: %s',
    (kind) => {
      const whole = leavesOf(sampleText(`${kind}.success`));
      const part = leavesOf(sampleText(`${kind}.partial-success`));
      expect(textAt(part, 'orderType')).toBe('PAYOUT');
      expect(units(textAt(part, 'amount'))).toBeLessThan(units(textAt(whole, 'amount')));
    },
  );
});
