// The room of the search: deliveries that nobody thought of, and the smallest that show a failure.
import { isPaid, type KindLife, type KindUnderTest } from '../profile.js';
import type { Script, ScriptDelivery, ScriptStep } from '../script.js';

/** A number in [0, 1), another one with each call. */
export type Chance = () => number;

export interface SearchSpace {
  readonly kinds: readonly KindUnderTest[];
  /** How many resources a script is about, at most. */
  readonly resources: number;
  /** Two resources of one order instead, most of whose web hooks come again, and the last ones all. */
  readonly isPair?: boolean;
}

const LATE = 0.25;
const DUPLICATED = 0.3;
const DUPLICATED_IN_A_PAIR = 0.7;
const UNHEARD = 0.2;
const TOGETHER = 0.2;
/** A second resource of the order of the one before it: the payer tried again. */
const SAME_ORDER = 0.3;
const FAILING = 0.25;
/** In steps of a life. */
const LONGEST_WAIT = 6;
const LONGEST_WAIT_IN_A_PAIR = 12;
const HEAD_START = 1;
const LATER_TRY = 6;

/** A script in which web hooks come late, twice, unheard or together, as chance has it. */
export function randomScript(
  { kinds, resources, isPair = false }: SearchSpace,
  chance: Chance,
): Script {
  const count = isPair ? 2 : 1 + Math.floor(chance() * resources);
  const choice = isPair ? payingKinds(kinds) : kinds;
  const lives: Lived[] = [];
  for (let index = 0; index < count; index += 1) {
    const before = isPair || chance() < SAME_ORDER ? lives.at(-1) : undefined;
    const kind = before?.kind ?? choice[Math.floor(chance() * choice.length)];
    if (kind === undefined) break;
    const fails = chance() < FAILING && !(isPair && index === 0);
    const life = fails && hasOtherEnd(kind) ? kind.contrast : kind.main;
    const laterBy = chance() * (before === undefined ? HEAD_START : LATER_TRY);
    lives.push({ kind, life, order: before?.order ?? index, startsAt: laterBy });
  }
  const again = isPair
    ? { share: DUPLICATED_IN_A_PAIR, longestWait: LONGEST_WAIT_IN_A_PAIR }
    : { share: DUPLICATED, longestWait: LONGEST_WAIT };
  const arrivals = lives.flatMap(({ life, startsAt }, resource) =>
    life.events.flatMap((event, place) =>
      arrivalsOf(
        { resource, event, place: startsAt + place },
        isPair && event === life.end ? { ...again, share: 1 } : again,
        chance,
      ),
    ),
  );
  const ordered = [...arrivals].sort((one, other) => one.at - other.at);
  return {
    resources: lives.map(({ kind, life, order }) => ({ kind: kind.name, end: life.end, order })),
    steps: stepsOf(
      ordered.map(({ delivery }) => delivery),
      chance,
    ),
  };
}

/** Those whose usual life ends with money, where there are any: what is counted twice shows there. */
function payingKinds(kinds: readonly KindUnderTest[]): readonly KindUnderTest[] {
  const paying = kinds.filter(({ kind }) => isPaid(kind));
  return paying.length > 0 ? paying : kinds;
}

/** What only stops half-way tells nothing: which of two intermediate statuses shows is left open. */
function hasOtherEnd({ kind, contrast }: KindUnderTest): boolean {
  return kind.statuses.some(({ name, class: sort }) => name === contrast.end && sort === 'final');
}

interface Lived {
  readonly kind: KindUnderTest;
  readonly life: KindLife;
  readonly order: number;
  readonly startsAt: number;
}

interface PlacedDelivery {
  readonly at: number;
  readonly delivery: ScriptDelivery;
}

function arrivalsOf(
  { resource, event, place }: { resource: number; event: string; place: number },
  again: { readonly share: number; readonly longestWait: number },
  chance: Chance,
): readonly PlacedDelivery[] {
  const at = place + chance() * 0.9 + (chance() < LATE ? chance() * 6 : 0);
  const awaited: ScriptDelivery = { resource, event, answer: 'awaited' };
  if (chance() < UNHEARD) {
    const unheard: ScriptDelivery = { resource, event, answer: 'lost' };
    return [
      { at, delivery: unheard },
      { at: at + chance() * 3, delivery: awaited },
    ];
  }
  if (chance() >= again.share) return [{ at, delivery: awaited }];
  return [
    { at, delivery: awaited },
    { at: at + chance() * again.longestWait, delivery: awaited },
  ];
}

/** Mostly one after the other; now and then some at the same time. */
function stepsOf(deliveries: readonly ScriptDelivery[], chance: Chance): readonly ScriptStep[] {
  const steps: { kind: 'send'; deliveries: ScriptDelivery[] }[] = [];
  for (const delivery of deliveries) {
    const last = steps.at(-1);
    if (last !== undefined && last.deliveries.length < 3 && chance() < TOGETHER) {
      last.deliveries.push(delivery);
    } else steps.push({ kind: 'send', deliveries: [delivery] });
  }
  return steps;
}
