import { describe, expect, it } from 'vitest';
import { HookError } from '../../../src/errors.js';
import { eventNames, parseEventName } from '../../../src/webhook/kinds/names.js';

function refusal(text: string): HookError {
  try {
    parseEventName(text);
  } catch (error) {
    if (error instanceof HookError) return error;
    throw error;
  }
  throw new Error(`${text} was accepted`);
}

describe('an event name', () => {
  it.each([
    'checkout.request-created',
    'checkout.REQUEST_CREATED',
    'Checkout.Request_Created',
    ' checkout.request-created ',
  ])('may be spelled %j', (text) => {
    const name = parseEventName(text);
    expect(name.text).toBe('checkout.request-created');
    expect(name.kind.kind).toBe('checkout');
    expect(name.status.status).toBe('REQUEST_CREATED');
  });

  it('may have a kind of several words', () => {
    expect(parseEventName('ON_RAMP_CHECKOUT.success').text).toBe('on-ramp-checkout.success');
  });

  it.each([
    ['checkout.sucess', 'checkout.success'],
    ['chekout.success', 'checkout.success'],
    ['checkout.succeeded', 'checkout.success'],
    ['payment.partialsuccess', 'payment.partial-success'],
    ['request.pending', 'request.pending-payment'],
  ])('that is unknown, like %j, is refused with the nearest one', (text, suggestion) => {
    expect(refusal(text)).toMatchObject({
      code: 'bad-event',
      message: `There is no event "${text}".`,
      hint: `Did you mean ${suggestion}? List them with: inqud-hook events`,
    });
  });

  it.each(['invoice', 'invoice.', 'invoice.payd'])(
    'whose status is like no other, as in %j, is refused with those there are',
    (text) => {
      expect(refusal(text).hint).toBe(
        'Choose one of invoice.new, invoice.pending, invoice.success, invoice.failed.',
      );
    },
  );

  it('that is like no other is refused without a suggestion', () => {
    expect(refusal('x').hint).toBe('List them with: inqud-hook events');
    expect(refusal('').hint).toBe('List them with: inqud-hook events');
  });

  it('that is also the name of something in JavaScript is unknown', () => {
    expect(refusal('checkout.constructor').code).toBe('bad-event');
    expect(refusal('__proto__.success').code).toBe('bad-event');
  });
});

describe('the list of events', () => {
  it('has every status of every kind, and reads back', () => {
    const texts = eventNames().map(({ text }) => text);
    expect(texts).toHaveLength(45);
    expect(texts.map((text) => parseEventName(text).text)).toEqual(texts);
    expect(texts).toContain('authorization.revoked-by-merchant');
  });
});
