import type { RulesRequest } from '../delivery/delivery-rules.js';
import { FAULTS } from '../delivery/faults/registry.js';
import type { PlanRequest } from '../delivery/plan-request.js';
import { type KnownOptions, kindOf, refuseBadNumber, refuseUnknownOptions } from './given.js';

/** A plan request whose lives are named: `checkout`, `checkout:expired`. */
export interface NamedPlanRequest extends Omit<PlanRequest, 'lives'> {
  /** One lifecycle or more; a checkout's success by default. */
  readonly lifecycles?: readonly string[] | undefined;
}

const KNOWN: KnownOptions<NamedPlanRequest> = {
  lifecycles: true,
  resources: true,
  spacingMs: true,
  chaos: true,
  salt: true,
  epochMs: true,
  set: true,
  backoff: true,
  maxWaitMs: true,
  jitter: true,
  timeoutMs: true,
  faults: true,
  seed: true,
};

const SHARE = { least: 0, most: 1 };
const COUNT = { least: 0, isWhole: true };

/** @throws TypeError, RangeError for what no plan can be made of */
export function refuseBadPlan(request: NamedPlanRequest): void {
  refuseUnknownOptions(request, KNOWN, 'plan');
  refuseNoList(request.lifecycles, 'plan: lifecycles', "['checkout', 'payment']");
  refuseNoList(request.set, 'plan: set', "['amount=1.50']");
  refuseBadNumber(request.resources, { least: 1, isWhole: true }, 'plan: resources');
  refuseBadNumber(request.spacingMs, { least: 0 }, 'plan: spacingMs');
  refuseBadNumber(request.epochMs, { least: 0 }, 'plan: epochMs');
  refuseBadNumber(request.maxWaitMs, { least: 0 }, 'plan: maxWaitMs');
  refuseBadNumber(request.jitter, SHARE, 'plan: jitter');
  refuseBadNumber(request.timeoutMs, { least: 1 }, 'plan: timeoutMs');
  refuseBadBackoff(request.backoff);
  refuseBadFaults(request.faults);
}

function refuseBadBackoff(backoff: RulesRequest['backoff']): void {
  if (backoff === undefined) return;
  const kind: unknown = typeof backoff === 'object' && backoff !== null ? backoff.kind : undefined;
  if (kind !== 'exponential' && kind !== 'published' && kind !== 'list') {
    throw new TypeError(
      "plan: backoff has to be { kind: 'list', waitsMs: [60_000, 300_000] }, " +
        "{ kind: 'published', retries: 10 } or " +
        "{ kind: 'exponential', baseMs: 120_000, factor: 2, retries: 10 }" +
        (typeof backoff === 'object' ? '.' : `, and ${kindOf(backoff)} was given.`),
    );
  }
  if (backoff.kind === 'list') {
    refuseNoList(backoff.waitsMs, 'plan: backoff.waitsMs', '[60_000, 300_000]', 'needed');
    for (const waitMs of backoff.waitsMs) {
      refuseBadNumber(waitMs ?? null, { least: 0 }, 'plan: a wait of backoff');
    }
    return;
  }
  refuseBadNumber(backoff.retries ?? null, COUNT, 'plan: backoff.retries');
  if (backoff.kind === 'published') return;
  refuseBadNumber(backoff.baseMs ?? null, { least: 0 }, 'plan: backoff.baseMs');
  refuseBadNumber(backoff.factor ?? null, { least: 0 }, 'plan: backoff.factor');
}

function refuseBadFaults(faults: RulesRequest['faults']): void {
  if (faults === undefined) return;
  const known = Object.fromEntries(FAULTS.map(({ key }) => [key, true]));
  refuseUnknownOptions(faults, { ...known, atLeastOnce: true }, 'plan: faults');
  for (const { key, flag } of FAULTS) {
    if (flag.takes === 'windows') {
      refuseNoList(faults[key], `plan: faults.${key}`, '[{ fromMs: 0, toMs: 60_000 }]');
    } else {
      const bounds = flag.takes === 'rate' ? SHARE : { least: 0 };
      refuseBadNumber(faults[key], bounds, `plan: faults.${key}`);
    }
  }
}

function refuseNoList(value: unknown, name: string, example: string, needed?: 'needed'): void {
  if (Array.isArray(value) || (value === undefined && needed === undefined)) return;
  throw new TypeError(
    `${name} has to be a list, such as ${example}, and ${kindOf(value)} was given.`,
  );
}
