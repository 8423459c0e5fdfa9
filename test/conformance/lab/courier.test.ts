import { describe, expect, test } from 'vitest';
import { withIds } from '../../../src/conformance/lab/courier.js';
import type { ScriptDelivery } from '../../../src/conformance/script.js';
import { CATALOGUE } from '../../../src/webhook/catalogue.js';
import { sign } from '../../../src/webhook/digest.js';
import { Secret } from '../../../src/webhook/secret.js';
import { testCourier } from '../open-lab.js';
import { SECRET } from '../shop.js';

const courier = await testCourier();
const CHECKOUT = { kind: 'checkout', end: 'success', order: 0 };

function delivery(event: string, more: Partial<ScriptDelivery> = {}): ScriptDelivery {
  return { resource: 0, event, answer: 'awaited', ...more };
}

function bodyOf({ body }: { readonly body: Uint8Array }) {
  return JSON.parse(new TextDecoder().decode(body));
}

test.each(CATALOGUE.kinds)(
  'each event of $kind is signed, says its status, and whose it is',
  ({ kind, statuses }) => {
    for (const { name: end, status, path } of statuses) {
      const subject = courier.subject({ kind, end, order: 5 }, 5, 5, 'A');
      const request = courier.request(subject, delivery(end));
      const digests = request.headers.filter(([name]) => name === 'X-Payload-Digest');
      expect(digests).toEqual([['X-Payload-Digest', sign(request.body, Secret.fromText(SECRET))]]);
      expect(bodyOf(request).status).toBe(status);
      expect(JSON.stringify(bodyOf(request))).toContain(subject.probe.id);
      expect(path.at(-1)).toBe(status);
    }
  },
);

describe('two resources', () => {
  const [one, other, pair] = [
    courier.subject(CHECKOUT, 1, 1, 'A'),
    courier.subject(CHECKOUT, 2, 2, 'B'),
    courier.subject(CHECKOUT, 3, 1, 'C'),
  ];

  test('have ids of their own, called the same', () => {
    expect(one.probe.id).not.toBe(other.probe.id);
    expect(one.probe.clientOrderId).not.toBe(other.probe.clientOrderId);
    const shared = [...one.aliases.keys()].filter((id) => other.aliases.has(id));
    expect(shared).toEqual([]);
    expect([...one.aliases.values()]).toEqual([...other.aliases.values()]);
  });

  test('of one order have its reference', () => {
    expect(pair.probe.clientOrderId).toBe(one.probe.clientOrderId);
    expect(pair.probe.id).not.toBe(one.probe.id);
  });

  test('that are met again are the same, to the byte', () => {
    const again = courier.subject(CHECKOUT, 1, 1, 'A');
    const bodies = [one, again].map(
      (subject) => courier.request(subject, delivery('success')).body,
    );
    expect(bodies[0]).toEqual(bodies[1]);
  });
});

describe('a delivery differs from what Inqud sends', () => {
  const subject = courier.subject({ ...CHECKOUT, amount: '7.25' }, 9, 9, 'A');
  const bodyWith = (event: string, more: Partial<ScriptDelivery>) =>
    bodyOf(courier.request(subject, delivery(event, more)));

  test('by its amount', () => {
    expect(subject.probe.amount).toBe('7.25');
    expect(bodyWith('success', {}).fixedAmount.amount).toBe(7.25);
  });

  test('by what is set, left out, and in which bytes', () => {
    const variant = { set: ['status=ODD'], without: ['name'], bytes: 'non-ascii' } as const;
    const body = bodyWith('success', { variant });
    expect(body).toMatchObject({ status: 'ODD', inqudHookNote: expect.stringContaining('注文') });
    expect('name' in body).toBe(false);
  });

  test('by the name of its header, and where it is cut', () => {
    const variant = {
      header: 'x-payload-digest',
      bytes: 'non-ascii',
      pieces: 'cut-in-character',
    } as const;
    const {
      headers,
      body,
      firstBytes = 0,
    } = courier.request(subject, delivery('new', { variant }));
    expect(headers.map(([name]) => name)).toEqual(['Content-Type', 'x-payload-digest']);
    expect((body[firstBytes - 1] ?? 0) >= 0xc0).toBe(true);
    expect((body[firstBytes] ?? 0) & 0xc0).toBe(0x80);
  });

  test('by its moment, which moves no creation', () => {
    const moment = 40;
    expect(bodyWith('success', { moment })).not.toEqual(bodyWith('success', {}));
    expect(bodyWith('success', { moment }).createdAt).toBe(bodyWith('success', {}).createdAt);
    expect(bodyWith('new', { moment })).toEqual(bodyWith('new', {}));
  });

  test('not by an event that there is not', () => {
    expect(() => bodyWith('paid', {})).toThrow('there is no event checkout.paid');
    expect(() => courier.subject({ ...CHECKOUT, kind: 'order' }, 1, 1, 'A')).toThrow(
      'no kind order',
    );
  });
});

test('ids that were given stand in each body, and go by the names of those that they stand for', () => {
  const subject = courier.subject(CHECKOUT, 4, 4, 'A');
  const given = withIds(withIds(subject, { clientOrderId: 'A-17' }), {
    id: '17',
    clientOrderId: 'A-17',
  });
  const body = bodyOf(courier.request(given, delivery('success')));
  expect([body.id, body.clientOrderId]).toEqual(['17', 'A-17']);
  expect(given.probe).toMatchObject({ id: '17', clientOrderId: 'A-17' });
  expect(given.aliases.get('17')).toBe(subject.aliases.get(subject.probe.id.toLowerCase()));
  expect(withIds(subject, {})).toEqual(subject);
});
