import { describe, expect, it } from 'vitest';
import { HookError } from '../../../src/errors.js';
import { parseLifecycle } from '../../../src/webhook/kinds/lifecycle.js';

const eventsOf = (text: string) => parseLifecycle(text).events.map((event) => event.text);

function refusal(text: string): HookError {
  try {
    parseLifecycle(text);
  } catch (error) {
    if (error instanceof HookError) return error;
    throw error;
  }
  throw new Error(`${text} was accepted`);
}

describe('a lifecycle', () => {
  it('ends in success unless another end is asked for', () => {
    expect(eventsOf('checkout')).toEqual([
      'checkout.new',
      'checkout.request-created',
      'checkout.payment-detected',
      'checkout.success',
    ]);
    expect(parseLifecycle('checkout').end.status).toBe('SUCCESS');
  });

  it('takes the usual way to the end that is asked for', () => {
    expect(eventsOf('checkout:expired')).toEqual([
      'checkout.new',
      'checkout.request-created',
      'checkout.expired',
    ]);
    expect(eventsOf('payment:PARTIAL_SUCCESS')).toEqual([
      'payment.new',
      'payment.pending',
      'payment.partial-success',
    ]);
  });

  it('of a kind without a success goes on to its last status', () => {
    expect(eventsOf('authorization')).toEqual([
      'authorization.granted',
      'authorization.revoked-by-merchant',
    ]);
    expect(eventsOf('subscription')).toEqual([
      'subscription.initiated',
      'subscription.active',
      'subscription.cancelled',
    ]);
  });

  it.each([
    ['chekout', 'Did you mean checkout?'],
    ['checkout:sucess', 'Did you mean checkout:success?'],
    ['checkout:expired:new', 'Did you mean checkout:expired?'],
  ])('that is unknown, like %j, is refused with the nearest one', (text, hint) => {
    expect(refusal(text)).toMatchObject({
      code: 'bad-event',
      message: `There is no lifecycle "${text}".`,
      hint,
    });
  });

  it('that is like no other is refused with the list of kinds', () => {
    expect(refusal('zzzzzzzzzz').hint).toBe(
      'Choose one of payment, legacy-payment, checkout, request, static-payment, invoice, ' +
        'authorization, subscription, on-ramp-checkout.',
    );
  });
});
