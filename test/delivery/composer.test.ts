import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createComposer, eventsOfPlan } from '../../src/delivery/composer.js';
import { indexEvents } from '../../src/delivery/event-index.js';
import { countEvents, type Plan } from '../../src/delivery/plan.js';
import { CATALOGUE } from '../../src/webhook/catalogue.js';
import { sign } from '../../src/webhook/digest.js';
import { Secret } from '../../src/webhook/secret.js';
import { sampleText } from '../webhook/sample-files.js';
import { batchOf, MINUTE_MS, planOf } from './plans.js';
import { composerOf } from './runs.js';

const textOf = (body: Uint8Array) => new TextDecoder('utf-8', { fatal: true }).decode(body);

/** The bodies of a plan in plan order, as text. */
function bodiesOf(plan: Plan): readonly string[] {
  const [composer, index] = [composerOf(plan), indexEvents(plan)];
  return Array.from({ length: countEvents(plan) }, (_, sequence) =>
    textOf(composer.compose(index.locate(sequence)).body),
  );
}

const parsed = (plan: Plan) => bodiesOf(plan).map((body) => JSON.parse(body));
const locate = (plan: Plan, sequence: number) => indexEvents(plan).locate(sequence);

const lives = CATALOGUE.kinds.flatMap(({ kind, statuses }) =>
  statuses.map(({ name }) => `${kind}:${name}`),
);

describe('a request', () => {
  test('has the same bytes and digest at every attempt', () => {
    const plan = planOf();
    const composer = composerOf(plan);
    const first = composer.compose(locate(plan, 1));
    composer.compose(locate(plan, 2));
    expect(composer.compose(locate(plan, 1))).toEqual(first);
    expect(composerOf(plan).compose(locate(plan, 1))).toEqual(first);
  });

  test('is signed over its exact bytes, after the given headers', () => {
    const plan = planOf();
    const { headers, body } = composerOf(plan).compose(locate(plan, 0));
    expect(headers).toEqual([
      ['Content-Type', 'application/json'],
      ['X-Payload-Digest', sign(body, Secret.fromText('whsec_test'))],
    ]);
  });

  test('without a signer has no digest', () => {
    const plan = planOf({ batches: [batchOf('authorization')] });
    const samples = new Map(eventsOfPlan(plan).map(({ text }) => [text, sampleText(text)]));
    const composer = createComposer(plan, samples, { headers: [], signer: undefined });
    expect(composer.compose(locate(plan, 0)).headers).toEqual([]);
  });

  test('is labelled with the id it carries', () => {
    const plan = planOf();
    const { event, resource } = composerOf(plan).label(locate(plan, 2));
    expect(event).toBe('payment.success');
    expect(resource).toBe(parsed(plan)[2].id);
  });

  test('carries what is set', () => {
    const batches = [{ ...batchOf('payment'), set: ['amount=12.50', 'clientOrderId="mine"'] }];
    const [body = ''] = bodiesOf(planOf({ batches }));
    expect(body).toContain('"amount":12.50,');
    expect(JSON.parse(body).clientOrderId).toBe('mine');
  });
});

describe('the ids of a run', () => {
  test('are the same through the life of a resource, and linked', () => {
    const bodies = parsed(planOf({ batches: [batchOf('checkout')] }));
    expect(new Set(bodies.map(({ id }) => id)).size).toBe(1);
    expect(new Set(bodies.map(({ clientOrderId }) => clientOrderId)).size).toBe(1);
    const requestIds = bodies.flatMap(({ request }) => (request == null ? [] : [request.id]));
    expect(requestIds.length).toBeGreaterThan(1);
    expect(new Set(requestIds).size).toBe(1);
  });

  test('differ from resource to resource, batch to batch, seed to seed and salt to salt', () => {
    const batches = [batchOf('payment', { count: 50 }), batchOf('payment', { count: 50 })];
    const plans = [
      planOf({ batches }),
      planOf({ batches, seed: 'other' }),
      planOf({ batches, salt: 'other' }),
    ];
    const ids = new Set(plans.flatMap(parsed).map(({ id }) => id));
    expect(ids.size).toBe(300);
  });

  test('stay when a resource, an event or a batch is added', () => {
    const few = parsed(planOf({ batches: [batchOf('payment', { count: 2 })] }));
    const more = parsed(
      planOf({ batches: [batchOf('payment', { count: 3 }), batchOf('checkout')] }),
    );
    expect(more.slice(0, few.length)).toEqual(few);
    const second = parsed(planOf({ batches: [batchOf('payment'), batchOf('invoice')] })).at(-1);
    const behindMore = parsed(
      planOf({ batches: [batchOf('payment', { count: 9 }), batchOf('invoice')] }),
    ).at(-1);
    expect(behindMore).toEqual(second);
  });
});

describe('the times in the bodies', () => {
  interface Times {
    readonly createdAt: string;
    readonly lastUpdatedAt?: string | null;
    readonly modifiedAt?: string | null;
  }
  const updates = (bodies: readonly Times[]) =>
    bodies.map(({ lastUpdatedAt, modifiedAt }) => Date.parse(lastUpdatedAt ?? modifiedAt ?? ''));

  test('say when the event happens, not when it is sent', () => {
    const plan = planOf({
      batches: [batchOf('checkout')],
      faults: { reorderMs: 3_600_000, outages: [{ fromMs: 0, toMs: 9e6 }] },
    });
    const bodies = parsed(plan);
    expect(bodies.map(({ createdAt }) => Date.parse(createdAt))).toEqual(
      bodies.map(() => plan.epochMs),
    );
    expect(updates(bodies).slice(1)).toEqual(
      [1, 2, 3].map((minute) => plan.epochMs + minute * MINUTE_MS),
    );
  });

  test.each(lives)('strictly increase through a life, even if all is due at once: %s', (life) => {
    for (const spacingMs of [0, 1, MINUTE_MS]) {
      const times = updates(parsed(planOf({ batches: [batchOf(life, { spacingMs })] })));
      const known = times.filter((ms) => !Number.isNaN(ms));
      expect(known.toSorted((one, other) => one - other)).toEqual(known);
      expect(new Set(known).size).toBe(known.length);
    }
  });

  test('of what was never sent are guessed: a minute for each step before', () => {
    const { events, ...batch } = batchOf('checkout');
    const plan = planOf({ batches: [{ ...batch, events: events.slice(-1) }] });
    const [last] = parsed(plan);
    expect(Date.parse(last.lastUpdatedAt) - Date.parse(last.createdAt)).toBe(3 * MINUTE_MS);
  });
});

test('every body of every life is one line of JSON', () => {
  fc.assert(
    fc.property(fc.constantFrom(...lives), fc.string(), (life, seed) => {
      for (const body of bodiesOf(planOf({ seed, batches: [batchOf(life)] }))) {
        expect(body).not.toMatch(/\n|\s$/);
        expect(JSON.parse(body)).toBeTypeOf('object');
      }
    }),
  );
});

test('an event that is not of the plan is a bug', () => {
  const other = planOf({ batches: [batchOf('payment'), batchOf('payment')] });
  expect(() => composerOf(planOf()).compose(locate(other, 4))).toThrow(RangeError);
});
