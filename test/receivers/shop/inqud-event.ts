import { at, digitsAt, readJson, textAt } from './json.js';

/** One web hook of Inqud's, as far as this shop cares. Amounts are decimal text. */
export interface InqudEvent {
  readonly kind: string;
  readonly id: string;
  /** The merchant's own reference, where Inqud sends one. */
  readonly reference: string | undefined;
  readonly status: string;
  readonly reason: string | undefined;
  /** What the payer was asked for, or what the payment is about. */
  readonly amount: string | undefined;
  /** What the payer sent, where it differs in kind from the amount. */
  readonly paid: string | undefined;
  /** When it happened, where the body says so. */
  readonly happenedAt: string | undefined;
  /** The parsed body. */
  readonly body: unknown;
}

const KIND_OF_PREFIX: ReadonlyMap<string, string> = new Map([
  ['CCO', 'checkout'],
  ['CAPD', 'request'],
  ['PMT', 'payment'],
  ['AGR', 'authorization'],
  ['SUB', 'subscription'],
  ['ORCO', 'on-ramp-checkout'],
]);

/**
 * Reads a body. Undefined when it is about nothing this shop knows: such a web hook is none of its
 * business. @throws SyntaxError when the body is not JSON
 */
export function readEvent(bytes: Uint8Array): InqudEvent | undefined {
  const body = readJson(new TextDecoder().decode(bytes));
  const id = textAt(body, 'id') ?? textAt(body, 'paymentId');
  const status = textAt(body, 'status');
  const kind = id === undefined ? undefined : kindOf(id, body);
  if (id === undefined || status === undefined || kind === undefined) return undefined;
  return {
    kind,
    id,
    reference: textAt(body, 'referenceId') ?? textAt(body, 'clientOrderId'),
    status,
    reason: textAt(body, 'reason'),
    amount: amountOf(body),
    paid: digitsAt(body, 'paidAmount') ?? digitsAt(body, 'request', 'paidAmount'),
    happenedAt: textAt(body, 'lastUpdatedAt') ?? textAt(body, 'modifiedAt'),
    body,
  };
}

/** Nothing in a web hook names its kind; the prefix of the id and a few fields do. */
function kindOf(id: string, body: unknown): string | undefined {
  if (at(body, 'paymentId') === id) return 'legacy-payment';
  if (at(body, 'referenceId') !== undefined) return 'static-payment';
  if (at(body, 'paymentIntents') !== undefined) return 'invoice';
  return KIND_OF_PREFIX.get(id.slice(0, id.indexOf('-')));
}

function amountOf(body: unknown): string | undefined {
  return (
    digitsAt(body, 'amount') ??
    digitsAt(body, 'fixedAmount', 'amount') ??
    digitsAt(body, 'requestAmount') ??
    digitsAt(body, 'targetAmount') ??
    digitsAt(body, 'request', 'requestAmount')
  );
}
