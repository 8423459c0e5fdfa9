import { describe, expect, it } from 'vitest';
import { payloadCreditBeforeSuccess } from '../../../../src/conformance/rules/payload/credit-before-success.js';
import { judge } from '../../../proving-ground/judge.js';
import type { Model } from '../../../proving-ground/model.js';
import { modelWith } from '../../../proving-ground/model-with.js';
import { detecting, type View } from '../../../proving-ground/views.js';
import {
  afresh,
  careful,
  type Handle,
  isFinal,
  type ShopOptions,
  sharingBalance,
} from '../../shop.js';
import { toldOfModel, toldOfShop } from '../../told.js';

const RULE = 'payload/credit-before-success';

async function statusOf(model: Model) {
  const { results } = await judge(model, '1', { rules: [payloadCreditBeforeSuccess] });
  return results[0]?.verdict.status;
}

it('what was detected says nothing of a credit', async () => {
  expect(await statusOf({ ...modelWith('noise: none'), view: detecting })).toBe('pass');
});

it.each([
  ['state: the order with its resources', 'balance: of all orders'],
  ['state: a word, an amount as a number, and what Inqud says was paid', 'replicas: 80 ms behind'],
  ['state: a list', 'credit: what was paid of a conflict'],
])('a price, or what was detected, is no credit: %s, %s', async (...ways) => {
  expect(await statusOf(modelWith(...ways))).toBe('pass');
});

it.each([
  ['credit: as soon as it is seen, taken back on failure', 'kinds: checkouts alone'],
  ['credit: as soon as it is seen, taken back on failure', 'balance: of all orders'],
  ['credit: as soon as it is seen, taken back on failure', 'state: the resource'],
  ['credit: as soon as it is seen, and kept on failure', 'kinds: checkouts alone'],
  ['credit: as soon as it is seen, and kept on failure', 'state: a word and an amount'],
  ['credit: as soon as it is seen, and again with the success', 'state: text'],
])('what is credited early is seen: %s, %s', async (...ways) => {
  expect(await statusOf(modelWith(...ways))).toBe('fail');
});

it.each<[string, (isSeen: boolean, isPaid: boolean) => object]>([
  ['a flag of access', (isSeen) => ({ hasAccess: isSeen })],
  ['a word', (isSeen) => ({ shipment: isSeen ? 'released' : 'waiting' })],
  ['a number', (isSeen) => ({ unlocked: isSeen ? 1 : 0 })],
])('what is given before the success is seen: %s', async (_, view) => {
  const told = await toldOfShop(
    RULE,
    flagging((isSeen, isPaid) => ({ ...view(isSeen, isPaid), done: isPaid })),
  );
  expect(told.status).toBe('fail');
});

it.each<[string, (isSeen: boolean, isPaid: boolean) => object]>([
  ['what was seen', (isSeen, isPaid) => ({ seen: isSeen, paid: isPaid })],
  ['stock that is reserved', (isSeen, isPaid) => ({ reserved: isSeen, released: isPaid })],
  ['paid, and not yet certain', (isSeen, isPaid) => ({ paid: isSeen, confirmed: isPaid })],
  ['access from the beginning', (_, isPaid) => ({ hasAccess: true, paid: isPaid })],
  ['a message', (isSeen, isPaid) => ({ mail: isSeen ? 'delivered' : '-', paid: isPaid })],
])('what is so before the success may be right: %s', async (_, view) => {
  expect((await toldOfShop(RULE, flagging(view))).status).toBe('pass');
});

describe('a checkout that is credited when its payment is detected', () => {
  it('is told to keep that after a conflict', async () => {
    const told = await toldOfShop(RULE, { handle: early((_, before) => before) });
    expect(told).toMatchObject({
      status: 'fail',
      severity: 'must',
      evidence: 'A checkout is credited before its success, and keeps that after CONFLICT.',
      story: { state: ['credited  expected no more than what succeeded, is 149.9'] },
    });
    expect(told.story?.timeline.at(-1)).toBe('4. checkout.conflict');
  });

  it('is told to be credited again with the success', async () => {
    const told = await toldOfShop(RULE, { handle: early((credit, before) => credit + before) });
    expect(told).toMatchObject({
      status: 'fail',
      evidence: 'A checkout is credited before its success, and again with it.',
    });
    expect(told.story?.state).toEqual(['credited  expected no more than what succeeded, is 299.8']);
  });
});

it('a balance that moves before the success tells of it as well', async () => {
  const told = await toldOfShop(RULE, sharingBalance(early((_, before) => before)));
  expect(told).toMatchObject({
    status: 'fail',
    evidence: 'A checkout changes a balance before its success.',
  });
});

it('a kind that brings no money is not asked', async () => {
  expect(await toldOfModel(RULE, {}, { kinds: ['subscription'] })).toMatchObject({
    status: 'skipped',
    evidence: 'No kind under test has anything before its success.',
  });
});

/** Credits a payment that is detected; at the end it makes one of both credits. */
function early(atTheEnd: (credit: number, before: number) => number): Handle {
  return (order, event) => {
    if (order === undefined || isFinal(order)) return careful(order, event);
    const next = careful(order, event) ?? order;
    if (isFinal(event)) return { ...next, credited: atTheEnd(next.credited, order.credited) };
    const isDetected = event.status === 'PAYMENT_DETECTED';
    return { ...order, credited: isDetected ? event.amount : order.credited };
  };
}

it('a small amount that does not wait for its success is found', async () => {
  const trusting: Handle = (order, event) =>
    event.status === 'PAYMENT_DETECTED' && event.amount < 50 && order?.credited === 0
      ? { ...order, status: event.status, credited: event.amount }
      : careful(order, event);
  expect(await toldOfShop(RULE, { handle: trusting })).toMatchObject({
    status: 'fail',
    evidence: 'A checkout of 5 is credited before its success, where a larger one is not.',
    story: { state: ['credited  expected no more than what succeeded, is 5'] },
  });
});

/** Shows what depends on whether the payment of an order was seen, and whether it succeeded. */
function flagging(view: (isSeen: boolean, isPaid: boolean) => object): ShopOptions {
  return {
    handle: (order, event) => (order !== undefined && isFinal(order) ? order : afresh(event)),
    view: ({ status }) => {
      const isPaid = status === 'SUCCESS';
      return view(isPaid || status === 'PAYMENT_DETECTED', isPaid);
    },
  };
}

describe('an amount that a failure moves', () => {
  const totals =
    (ofFailure: (amount: number) => number): View =>
    (store, { id }) => {
      const { event } = store.resources.get(id) ?? {};
      if (event === undefined) return { status: 404, text: '' };
      const amount = Number(event.amount);
      const isFailed = ['FAILED', 'EXPIRED', 'CANCELLED'].includes(event.status);
      const total = event.status === 'SUCCESS' ? amount : isFailed ? ofFailure(amount) : 0;
      return { text: JSON.stringify({ status: event.status, total }) };
    };

  it.each<[string, (amount: number) => number, string | undefined]>([
    ['nothing', () => 0, undefined],
    ['the amount', (amount) => amount, 'says 100'],
    ['a debit', (amount) => -amount, 'says -100'],
  ])('%s', async (_, ofFailure, says) => {
    const told = await toldOfModel(RULE, { view: totals(ofFailure) }, { kinds: ['payment'] });
    if (says === undefined) expect(told.status).toBe('pass');
    else
      expect(told).toMatchObject({
        status: 'fail',
        severity: 'must',
        evidence: `A payment that ends in FAILED moves an amount: total ${says}.`,
      });
  });
});
