import { type Composer, createComposer } from '../../delivery/composer.js';
import { type NewField, newFields } from '../../delivery/new-fields.js';
import type { Plan } from '../../delivery/plan.js';
import { makePlan } from '../../delivery/plan-request.js';
import { readSamples } from '../../delivery/read-samples.js';
import { HookError } from '../../errors.js';
import { type ArrivalPlan, steadyArrivals } from '../../load/arrivals.js';
import { catchUpArrivals } from '../../load/catch-up.js';
import { type LineUp, lineUp } from '../../load/line-up.js';
import { composerOfLine } from '../../load/load-composer.js';
import type { LoadComposer } from '../../load/open-loop.js';
import type { Header } from '../../ports.js';
import type { AskedRate } from '../../report/burst/story.js';
import type { Signer } from '../../webhook/digest.js';
import { livesFrom } from '../runs/plan-flags.js';
import { seedOfNow, timeInSeed } from '../seed.js';
import type { World } from '../world.js';
import { askedRate, highestPerSecond } from './asked-rate.js';
import type { BurstFlags } from './flags.js';

/** What a burst sends, and when. */
export interface Load {
  readonly seed: string;
  readonly asked: AskedRate;
  readonly arrivals: ArrivalPlan;
  readonly plan: Plan;
  readonly line: LineUp;
  /** What makes the web hooks of the plan. */
  readonly makes: Composer;
  readonly composer: LoadComposer;
  /** The same web hooks, and as many more as anybody wants. */
  readonly endless: LoadComposer;
  readonly resources: number;
  readonly newFields: readonly NewField[];
}

/** More than a search for the highest rate ever sends. */
const ENDLESS = 2 ** 40;
const ENDLESS_ABREAST = 1_000;
const MOST_ARRIVALS = 10_000_000;

/** Plans the load that the flags ask for. @throws HookError `bad-flag`, `bad-event`, `bad-override` */
export async function loadFrom(
  flags: BurstFlags,
  dressing: { readonly headers: readonly Header[]; readonly signer: Signer | undefined },
  world: World,
): Promise<Load> {
  const seed = flags.seed ?? seedOfNow(world);
  const asked = askedRate(flags);
  const arrivals = arrivalsOf(asked, seed);
  const plan = planOf(flags, seed, arrivals);
  const samples = await readSamples(plan, world.samples);
  const line = lineUp(plan.batches, eventsOf(arrivals), arrivals.abreast);
  const composer = createComposer(plan, samples, dressing);
  return {
    seed,
    asked,
    arrivals,
    plan,
    line,
    makes: composer,
    composer: composerOfLine(composer, line),
    endless: composerOfLine(composer, lineUp(plan.batches, ENDLESS, ENDLESS_ABREAST)),
    resources: resourcesOf(arrivals, line),
    newFields: newFields(plan.batches, samples),
  };
}

function arrivalsOf(asked: AskedRate, seed: string): ArrivalPlan {
  const { from, to, forMs, spread, recovery } = asked;
  if ((highestPerSecond(asked) * forMs) / 1_000 > MOST_ARRIVALS) throw tooMany();
  if (recovery !== undefined) {
    const events = (from.perSecond * (recovery.outageMs + forMs)) / 1_000;
    if (events > MOST_ARRIVALS) throw tooMany();
    return catchUpArrivals({ perSecond: from.perSecond, forMs, ...recovery });
  }
  return steadyArrivals({
    fromPerSecond: from.perSecond,
    toPerSecond: to.perSecond,
    forMs,
    spread: spread === 'poisson' ? 'poisson' : 'constant',
    seed,
  });
}

function tooMany(): HookError {
  return new HookError(
    'bad-flag',
    'That is more than ten million web hooks.',
    'Lower the rate, or shorten --for.',
  );
}

/** Those that are spoken of at all: of an outage most lives are over, or go on later. */
function resourcesOf({ timesMs, sequences }: ArrivalPlan, line: LineUp): number {
  const seen = new Set<string>();
  for (let place = 0; place < timesMs.length; place += 1) {
    const { batchNumber, resource } = line.locate(sequences?.[place] ?? place);
    seen.add(`${batchNumber} ${resource}`);
  }
  return seen.size;
}

/** Places of events may be further apart than there are arrivals. */
function eventsOf({ timesMs, sequences }: ArrivalPlan): number {
  return sequences === undefined
    ? timesMs.length
    : sequences.reduce((most, sequence) => Math.max(most, sequence + 1), 0);
}

function planOf(flags: BurstFlags, seed: string, arrivals: ArrivalPlan): Plan {
  return makePlan({
    lives: livesFrom(flags),
    resources: Math.max(1, eventsOf(arrivals)),
    set: flags.set,
    seed,
    epochMs: timeInSeed(seed),
  });
}
