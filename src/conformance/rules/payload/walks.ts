import type { Kind, Status, Transition } from '../../../webhook/catalogue.js';

/** One way through the lifecycle of a kind, from its creation to a final status. */
export interface Walk {
  readonly start: Status;
  readonly steps: readonly WalkStep[];
}

export interface WalkStep {
  readonly status: Status;
  readonly transition: Transition;
}

/**
 * Walks that take every transition of a kind, each at least once. Each takes what no walk before has
 * taken: a way on before an end, and the usual end before the others, so that the longest detour ends
 * where the money is.
 */
export function walksOf(kind: Kind): readonly Walk[] {
  const start = kind.statuses.find((status) => status.class === 'initial');
  if (start === undefined) return [];
  const left = new Set(kind.transitions);
  const walks: Walk[] = [];
  for (let walk = nextWalk(kind, start, left); walk; walk = nextWalk(kind, start, left)) {
    walks.push(walk);
  }
  return walks;
}

function nextWalk(kind: Kind, start: Status, left: Set<Transition>): Walk | undefined {
  const steps: WalkStep[] = [];
  let isNew = false;
  for (let at = start; at.class !== 'final'; ) {
    const transition = nextTransition(kind, at, left);
    const status = transition && statusOf(kind, transition.to);
    if (status === undefined || transition === undefined) return undefined;
    isNew = left.delete(transition) || isNew;
    steps.push({ status, transition });
    at = status;
  }
  return isNew ? { start, steps } : undefined;
}

/** What is new from here, or else the first step of the shortest way to what is new, or to an end. */
function nextTransition(
  kind: Kind,
  { status: at }: Status,
  left: ReadonlySet<Transition>,
): Transition | undefined {
  const isLeft = (transition: Transition) => left.has(transition);
  const isEnd = ({ to }: Transition) => statusOf(kind, to)?.class === 'final';
  return firstStep(kind, at, isLeft) ?? firstStep(kind, at, isEnd);
}

/** Whether one status can follow another, at once or later. */
export function leadsTo(kind: Kind, from: string, to: string): boolean {
  return firstStep(kind, from, (transition) => transition.to === to) !== undefined;
}

/** The first step of the shortest way that ends in a transition that is wanted. */
function firstStep(
  kind: Kind,
  from: string,
  isWanted: (transition: Transition) => boolean,
): Transition | undefined {
  const reached = new Set([from]);
  let ways = transitionsFrom(kind, from).map((transition) => ({ first: transition, transition }));
  while (ways.length > 0) {
    const found = ways.find(({ transition }) => isWanted(transition));
    if (found !== undefined) return found.first;
    ways = ways.flatMap(({ first, transition: { to } }) => {
      if (reached.has(to)) return [];
      reached.add(to);
      return transitionsFrom(kind, to).map((transition) => ({ first, transition }));
    });
  }
  return undefined;
}

/** Ways on first, then the usual end, then the others. */
function transitionsFrom(kind: Kind, at: string): readonly Transition[] {
  const rank = ({ to }: Transition) => {
    if (statusOf(kind, to)?.class !== 'final') return 0;
    return to === kind.defaultEnd ? 1 : 2;
  };
  return kind.transitions
    .filter(({ from }) => from === at)
    .toSorted((one, other) => rank(one) - rank(other));
}

function statusOf(kind: Kind, name: string): Status | undefined {
  return kind.statuses.find(({ status }) => status === name);
}
