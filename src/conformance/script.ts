import type { IdLikeness } from './lab/alike-ids.js';
import type { Forgery } from './lab/forge.js';

/** A resource a script is about. Its ids are new in every execution. */
export interface ScriptResource {
  readonly kind: string;
  /** The status in which its life ends, in its event-name form. */
  readonly end: string;
  /** Every amount of its bodies; the sample's own when absent. */
  readonly amount?: string;
  /** Resources with the same number belong to one order of the merchant. */
  readonly order: number;
  /** Its id begins, or ends, as that of an earlier resource of the script does. */
  readonly idLike?: { readonly resource: number; readonly at: IdLikeness };
}

/** How a delivery differs from what Inqud would send. */
export interface DeliveryVariant {
  /** `path=value` changes to the body. */
  readonly set?: readonly string[];
  /** Members of the body that are left out, e.g. `request.txHash`. */
  readonly without?: readonly string[];
  /** The same JSON in other bytes. */
  readonly bytes?: ByteForm;
  /** The body comes in two pieces, cut inside its first character of more than one byte. */
  readonly pieces?: 'cut-in-character';
  /** A digest that is wrong. */
  readonly forge?: Forgery;
  /** The name of the digest header, in another case. */
  readonly header?: string;
}

export const BYTE_FORMS = [
  'spacing',
  'key-order',
  'escapes',
  'number-forms',
  'trailing-newline',
  'non-ascii',
  'duplicate-keys',
] as const;
export type ByteForm = (typeof BYTE_FORMS)[number];

/** One POST of one event of one resource. */
export interface ScriptDelivery {
  /** Index into the resources of the script. */
  readonly resource: number;
  /** The status of the event, in its event-name form. */
  readonly event: string;
  /**
   * A lost answer is one the sender never hears: the event comes again in a later step. One that is
   * cut off is lost as well, because the sender hangs up. An awaited delivery that is not answered
   * 200 is delivered again at the end, as Inqud retries.
   */
  readonly answer: 'awaited' | 'lost' | 'cut';
  /** When the sender hangs up, in milliseconds after the last byte of the request. */
  readonly cutAfterMs?: number;
  /**
   * When it happens, in events after the creation of the resource: where that is not its usual place
   * in a life. It may lie between two.
   */
  readonly moment?: number;
  readonly variant?: DeliveryVariant;
}

/** Deliveries that are under way at the same time. The next step waits for their answers. */
export interface ScriptStep {
  readonly kind: 'send';
  readonly deliveries: readonly ScriptDelivery[];
}

/** Everything that is delivered in one execution: small enough to read. */
export interface Script {
  readonly resources: readonly ScriptResource[];
  readonly steps: readonly ScriptStep[];
}

export function deliver(event: string, resource = 0, variant?: DeliveryVariant): ScriptStep {
  const delivery: ScriptDelivery = { resource, event, answer: 'awaited' };
  return {
    kind: 'send',
    deliveries: [variant === undefined ? delivery : { ...delivery, variant }],
  };
}

/** The answer is lost: a later step delivers the event again. */
export function deliverUnheard(event: string, resource = 0): ScriptStep {
  return { kind: 'send', deliveries: [{ resource, event, answer: 'lost' }] };
}

/** The sender hangs up before it has an answer: a later step delivers the event again. */
export function deliverAndHangUp(event: string, cutAfterMs: number): ScriptStep {
  return { kind: 'send', deliveries: [{ resource: 0, event, answer: 'cut', cutAfterMs }] };
}

/** These events at the same time, each on its own connection. */
export function deliverTogether(events: readonly string[], resource = 0): ScriptStep {
  const deliveries = events.map(
    (event): ScriptDelivery => ({ resource, event, answer: 'awaited' }),
  );
  return { kind: 'send', deliveries };
}

/** A script about a single resource. */
export function scriptOf(
  resource: Omit<ScriptResource, 'order'>,
  steps: readonly ScriptStep[],
): Script {
  return { resources: [{ ...resource, order: 0 }], steps };
}

/** Whether some of its resources belong to one order. */
export function sharesAnOrder({ resources }: Script): boolean {
  return new Set(resources.map(({ order }) => order)).size < resources.length;
}

export function countDeliveries(script: Script): number {
  return script.steps.reduce((sum, { deliveries }) => sum + deliveries.length, 0);
}
