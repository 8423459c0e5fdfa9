import {
  type Exchange,
  type Execution,
  isGenuine,
  isLimited,
  isOk,
  unanswered,
} from '../../lab/exchange.js';
import type { Laboratory } from '../../laboratory.js';
import { sorted } from '../../references.js';
import type { Story } from '../../rule.js';
import {
  countDeliveries,
  type Script,
  type ScriptDelivery,
  type ScriptStep,
} from '../../script.js';
import { meantThoughSkipped } from '../payload/meant-though-skipped.js';

/** A genuine web hook that was not taken, however often it came. */
export interface Untaken {
  readonly execution: Execution;
  /** The last attempt at it. */
  readonly exchange: Exchange;
  readonly place: Place;
}

/** What had come of its resource before it: nothing newer, itself, or something newer. */
type Place = 'in-turn' | 'again' | 'stale';

/** What of those is one for the caller. */
type IsWanted = (exchange: Exchange) => boolean;

/** One of each sort, those with the fewest deliveries first; of kinds that are declined only those that were named. */
export function untakenSorts(laboratory: Laboratory, isWanted: IsWanted): readonly Untaken[] {
  const meant = new Set([
    ...laboratory.kinds.map(({ name }) => name),
    ...meantThoughSkipped(laboratory).map(({ kind }) => kind),
  ]);
  const all = laboratory.lab.troubled.flatMap((execution) =>
    unanswered(execution.exchanges)
      .filter((exchange) => isGenuine(exchange) && meant.has(exchange.kind))
      .filter(({ delivery }) => isOfUsualAmount(execution, delivery))
      .filter(isWanted)
      .map((exchange): Untaken => ({ execution, exchange, place: placeOf(execution, exchange) })),
  );
  const sorts = new Map<string, Untaken>();
  for (const one of all.toSorted((left, right) => sizeOf(left) - sizeOf(right))) {
    const { exchange, place } = one;
    const { kind, delivery } = exchange;
    const key = JSON.stringify([kind, delivery.event, place]);
    if (!sorts.has(key)) sorts.set(key, one);
  }
  return [...sorts.values()];
}

/** What amounts are taken is for the rules of payloads. */
function isOfUsualAmount({ script }: Execution, { resource }: ScriptDelivery): boolean {
  return script.resources[resource]?.amount === undefined;
}

/** What came of sending a web hook again on a quiet receiver. */
export interface Repeated {
  readonly story: Story;
  /** The last attempt; undefined when none was made. */
  readonly last: Exchange | undefined;
  readonly attempts: number;
}

const WAITS_MS = [0, 20, 40, 80, 100];
/** Of what is refused by chance, five in a row would be chance as well. */
const UNSTEADY_WAITS_MS = [...WAITS_MS, ...Array.from({ length: 25 }, () => 20)];
/** A receiver that was restarted by its supervisor is back within a few seconds. */
const RESTART_WAIT_MS = 400;
const MOST_RESTARTS = 10;

/**
 * Sends it up to five times to a quiet receiver, on new resources, after all that had come beside it;
 * shows it with as little of that as will do. Ends with the first attempt that is taken, or too late.
 */
export async function repeatedAlone(
  laboratory: Laboratory,
  { execution: { script }, exchange }: Untaken,
): Promise<Repeated> {
  const after = (steps: readonly ScriptStep[]) =>
    repeated(laboratory, script.resources, steps, exchange);
  const beside = stepsBeside(script, exchange);
  const whole = await after(beside);
  if (!isRefusedThroughout(whole)) return whole;
  const single = beside.map((step) => [step]);
  for (const steps of [[], ...single, script.steps.slice(0, exchange.step)]) {
    if (steps.length >= beside.length || laboratory.lab.isOver) continue;
    const smaller = await after(steps);
    if (isRefusedThroughout(smaller)) return smaller;
  }
  return whole;
}

/** Everything of its script but the delivery itself, one after the other. */
function stepsBeside({ steps }: Script, { step, delivery }: Exchange): readonly ScriptStep[] {
  return steps.flatMap(({ deliveries }, index) => {
    const place = index === step ? deliveries.indexOf(delivery) : -1;
    return deliveries
      .filter((_, other) => other !== place)
      .map((one): ScriptStep => ({ kind: 'send', deliveries: [one] }));
  });
}

/** Five of five attempts were answered, and none with a 200. */
export function isRefusedThroughout({ attempts, last }: Repeated): boolean {
  if (last === undefined || attempts < WAITS_MS.length) return false;
  return !isOk(last.outcome) && last.outcome.kind !== 'timed-out';
}

function repeated(
  { lab, gate, oracle }: Laboratory,
  resources: Script['resources'],
  before: readonly ScriptStep[],
  { delivery }: Exchange,
): Promise<Repeated> {
  return gate.alone(async () => {
    const execution = await lab.execute({ resources, steps: before });
    if (before.length > 0) await lab.clock.sleep(oracle.quietMs, lab.signal);
    const last: ScriptStep = { kind: 'send', deliveries: [{ ...delivery, answer: 'awaited' }] };
    const made: Exchange[] = [];
    const waitsMs = lab.isUnsteady ? UNSTEADY_WAITS_MS : WAITS_MS;
    let restarts = 0;
    while (made.length < waitsMs.length && restarts < MOST_RESTARTS && !lab.isOver) {
      const [exchange] = await lab.send(execution.subjects, [last], { once: true });
      if (exchange === undefined) break;
      const { outcome } = exchange;
      const isDown = outcome.kind === 'broken' || outcome.kind === 'unreachable';
      if (isDown) restarts += 1;
      if (outcome.kind !== 'unreachable') {
        made.push({ ...exchange, step: before.length, retry: made.length });
      }
      if (isOk(outcome) || isLimited(exchange) || outcome.kind === 'timed-out') break;
      await lab.clock.sleep(isDown ? RESTART_WAIT_MS : (waitsMs[made.length] ?? 0), lab.signal);
    }
    const times = { failed: made.filter(({ outcome }) => !isOk(outcome)).length, of: made.length };
    const story: Story = {
      script: { resources, steps: [...before, last] },
      exchanges: [...execution.exchanges, ...made],
      wrong: [],
      times,
    };
    return { story, last: made.at(-1), attempts: made.length };
  });
}

/** What came before, as far as it changes what may be answered. */
export function placeWords({ exchange, place }: Untaken): string {
  const name = `${exchange.kind}.${exchange.delivery.event}`;
  if (place === 'again') return `${name}, which had come before,`;
  return place === 'stale' ? `${name}, which came after a later status,` : name;
}

function placeOf({ script }: Execution, exchange: Exchange): Place {
  const { resource, event } = exchange.delivery;
  const beside = stepsBeside(script, exchange)
    .flatMap(({ deliveries }) => deliveries)
    .filter((delivery) => delivery.resource === resource)
    .map((delivery) => delivery.event);
  if (beside.includes(event)) return 'again';
  const kind = script.resources[resource]?.kind ?? '';
  return sorted(kind, [...beside, event]).at(-1) === event ? 'in-turn' : 'stale';
}

function sizeOf({ execution: { script } }: Untaken): number {
  return countDeliveries(script);
}
