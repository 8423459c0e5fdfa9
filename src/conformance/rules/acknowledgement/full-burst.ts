import { hasTimeForMore } from '../../calibration/pace.js';
import type { Execution } from '../../lab/exchange.js';
import type { Laboratory } from '../../laboratory.js';
import { once } from '../../once.js';
import { type KindUnderTest, profileIn } from '../../profile.js';
import { inOrder } from '../../references.js';
import type { Script } from '../../script.js';
import { isEqualBut } from '../../state/difference.js';
import { meantKinds } from '../kinds.js';

export const AT_ONCE = 25;

/** One event of as many resources, all at the same time, each delivered once. */
export interface FullBurst {
  readonly kind: KindUnderTest;
  readonly event: string;
  readonly execution: Execution;
  /** What one of them alone leaves can be told from nothing; false where there is no time to find out. */
  readonly shows: boolean;
}

/** Done once, alone, for all rules that ask. */
export const fullBurst = once(burstOf);

async function burstOf(laboratory: Laboratory): Promise<FullBurst | undefined> {
  const meant = meantKinds(laboratory);
  const kind = meant.find(({ profile }) => profile !== undefined) ?? meant[0];
  const first = kind?.main.events[0];
  if (kind === undefined || first === undefined) return undefined;
  const isBrief = !hasTimeForMore(laboratory.pace);
  const shown = isBrief
    ? undefined
    : await firstThatShows(laboratory, kind, [kind.main.end, first]);
  const event = shown ?? first;
  const script = manyOf(kind, event);
  const execution = await laboratory.gate.alone(() =>
    laboratory.lab.execute(script, { burst: true, once: true }),
  );
  return { kind, event, execution, shows: shown !== undefined };
}

/** The event that, alone and undisturbed, leaves something behind. */
async function firstThatShows(
  { lab, oracle, references, kinds }: Laboratory,
  { name, main }: KindUnderTest,
  events: readonly string[],
): Promise<string | undefined> {
  const before = profileIn(kinds, name)?.before;
  if (before === undefined || lab.isOver) return undefined;
  for (const event of events) {
    const script = inOrder({ kind: name, end: main.end, order: 0 }, [event]);
    const [after] = await references.ofScript(script);
    if (after !== undefined && !isEqualBut(before, after, oracle.masked)) return event;
  }
  return undefined;
}

function manyOf({ name, main: { end } }: KindUnderTest, event: string): Script {
  const numbers = Array.from({ length: AT_ONCE }, (_, index) => index);
  return {
    resources: numbers.map((order) => ({ kind: name, end, order })),
    steps: [
      {
        kind: 'send',
        deliveries: numbers.map((resource) => ({ resource, event, answer: 'awaited' })),
      },
    ],
  };
}
