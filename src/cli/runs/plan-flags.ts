import { FAULTS } from '../../delivery/faults/registry.js';
import type { Faults, Plan } from '../../delivery/plan.js';
import { parsePlan } from '../../delivery/plan-file.js';
import { type Life, makePlan, type PlanRequest } from '../../delivery/plan-request.js';
import { HookError } from '../../errors.js';
import { parseLifecycle } from '../../webhook/kinds/lifecycle.js';
import { type EventName, parseEventName } from '../../webhook/kinds/names.js';
import { longFlag } from '../flags.js';
import { PLAN_FLAGS, type PlanFlags, type SimulateFlags } from '../simulate-retries/flags.js';
import type { World } from '../world.js';
import { backoffFrom, refuseEndlessWaits } from './backoff-flags.js';
import type { FaultFlags } from './flags.js';

const DEFAULT_LIFECYCLE = 'checkout';

/** The plan the flags ask for, or the one in the file they name. */
export async function planFrom(flags: SimulateFlags, world: World): Promise<Plan> {
  if (flags.plan !== undefined) return planFromFile(flags, flags.plan, world);
  const request = requestFrom(flags);
  const seed = flags.seed ?? world.draw();
  const fresh = flags.fresh === true ? { salt: world.draw(), epochMs: wholeSecond(world) } : {};
  const plan = makePlan({ ...request, ...fresh, seed, timeoutMs: flags.timeout });
  refuseEndlessWaits(plan.waitsMs);
  return plan;
}

async function planFromFile(flags: SimulateFlags, path: string, world: World): Promise<Plan> {
  const shaping = Object.entries(PLAN_FLAGS).find(([name]) => name in flags);
  if (shaping !== undefined) {
    const flag = longFlag(shaping[1]);
    throw new HookError(
      'bad-flag',
      `${flag} shapes a plan, and --plan already is one.`,
      `Leave ${flag} away, or change ${path}.`,
    );
  }
  const bytes = path === '-' ? await world.stdin.read() : await world.files.read(path);
  return parsePlan(new TextDecoder().decode(bytes), path);
}

function requestFrom(flags: PlanFlags): PlanRequest {
  return {
    lives: livesFrom(flags),
    resources: flags.resources,
    spacingMs: flags.spacing,
    backoff: backoffFrom(flags),
    maxWaitMs: flags.maxWait,
    jitter: flags.jitter,
    faults: faultsFrom(flags),
    chaos: flags.chaos,
    set: flags.set,
  };
}

/** Events of one kind are one resource's, in the order they are named. */
export function livesFrom(flags: Pick<PlanFlags, 'lifecycle' | 'event'>): readonly Life[] {
  const names = (flags.event ?? []).map(parseEventName);
  const lifecycles = flags.lifecycle ?? (names.length === 0 ? [DEFAULT_LIFECYCLE] : []);
  const kinds = [...new Set(names.map(({ kind }) => kind))];
  const lives = [
    ...lifecycles.map((text) => parseLifecycle(text).events),
    ...kinds.map((kind) => names.filter((name) => name.kind === kind)),
  ];
  return lives.flatMap(lifeOf);
}

function lifeOf(events: readonly EventName[]): readonly Life[] {
  const [first] = events;
  if (first === undefined) return [];
  return [{ kind: first.kind.kind, statuses: events.map(({ status }) => status.name) }];
}

/** The faults the flags set; the others stay as they are. */
export function faultsFrom(flags: FaultFlags): Partial<Faults> {
  return Object.fromEntries(
    FAULTS.flatMap(({ key, flag }) => {
      const value = flags[flag.name];
      return value === undefined ? [] : [[key, value]];
    }),
  );
}

function wholeSecond(world: World): number {
  return Math.floor(world.clock.now() / 1_000) * 1_000;
}
