import { describe, expect, it } from 'vitest';
import type { Model } from '../../../proving-ground/model.js';
import { afresh, careful, type Handle } from '../../shop.js';
import { toldOfModel, toldOfShop } from '../../told.js';

const RULE = 'payload/unknown-status';
const UNKNOWN = 'INQUD_HOOK_UNKNOWN';

it('a status that means nothing is answered 200', async () => {
  expect(await toldOfShop(RULE)).toMatchObject({
    status: 'pass',
    severity: 'should',
    evidence: 'Answered 200, and recorded as no known status.',
  });
});

describe('a status that nobody knows yet', () => {
  it('should not be refused', async () => {
    const told = await toldOfShop(RULE, {
      before: ({ event }) => (event?.status === UNKNOWN ? { status: 400 } : undefined),
    });
    expect(told).toMatchObject({
      status: 'fail',
      severity: 'should',
      evidence: 'checkout with an unknown status is answered 400.',
    });
    expect(told.story?.timeline.at(-1)).toMatch(`checkout.success with status=${UNKNOWN}`);
  });

  it('should not end the process', async () => {
    const crashesAt: Model['crashesAt'] = ({ status }) => status === UNKNOWN;
    const told = await toldOfModel(RULE, { crashesAt, restartMs: 500 });
    expect(told.evidence).toBe(
      'checkout with an unknown status is cut off without an answer, and nothing listened after it.',
    );
  });

  it('should not fall through to a failure', async () => {
    const told = await toldOfShop(RULE, { handle: takingItFor('EXPIRED') });
    expect(told.evidence).toBe('checkout with an unknown status is recorded as a failure.');
  });

  it('should not keep what comes later from counting', async () => {
    const told = await toldOfShop(RULE, {
      handle: (order, event) => {
        if (order?.status === UNKNOWN) return order;
        return event.status === UNKNOWN ? afresh(event) : careful(order, event);
      },
    });
    expect(told.evidence).toBe('Once an unknown status has come, what comes later is lost.');
    expect(told.story?.state).toContain(`status    expected "SUCCESS", is "${UNKNOWN}"`);
  });

  it('is for another rule where it is taken for paid', async () => {
    const options = { handle: takingItFor('SUCCESS') };
    expect(await toldOfShop('payload/unknown-status-not-paid', options)).toMatchObject({
      status: 'fail',
      severity: 'must',
      evidence: 'checkout with an unknown status is recorded as a success.',
    });
  });
});

it('answers alone do not tell that it means nothing', async () => {
  const told = await toldOfShop(RULE, {}, { stateUrl: undefined, blackBox: true });
  expect(told.status).toBe('skipped');
});

function takingItFor(status: string): Handle {
  return (order, event) => careful(order, event.status === UNKNOWN ? { ...event, status } : event);
}
