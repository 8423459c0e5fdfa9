import { INQUD_RETRIES } from '../../../webhook/scheme.js';
import {
  answerOf,
  type Exchange,
  type Execution,
  isGenuine,
  isOk,
  isRefusedByChance,
} from '../../lab/exchange.js';
import type { Laboratory } from '../../laboratory.js';
import { fail, type RuleVerdict, type Story } from '../../rule.js';
import type { ScriptDelivery } from '../../script.js';
import { inTurn, meantKinds, scriptFor } from '../kinds.js';

/** One lost web hook of so many is a loss that a shop meets. */
const WEB_HOOKS_TO_A_LOSS = 10_000;
/** Fewer say nothing of a share. */
const ENOUGH_RETRIES = 30;
const ATTEMPTS_ALONE = 24;

/** What to do where one and the same web hook is refused and taken. */
export const LOOK_FOR_A_DIFFERENCE =
  'Look for what differs between one time and the next: behind one address there may be several processes, one of which has an old secret or an old version.';

/**
 * What is refused by chance is refused again by chance: of a receiver that refuses half of all web hooks
 * Inqud gives up on one in 2,048. Says so where it is one in ten thousand or more, and a quiet receiver
 * refuses as well.
 */
export async function refusedByChance(laboratory: Laboratory): Promise<RuleVerdict | undefined> {
  const { lab } = laboratory;
  if (!lab.isUnsteady) return undefined;
  const sent = lab.log.filter((one) => isGenuine(one) && one.retry === 0).length;
  const refused = lab.troubled.flatMap(mendedByChance);
  const first = refused[0]?.[0];
  const retries = refused.flatMap(([, ...again]) => again);
  if (first === undefined || retries.length < ENOUGH_RETRIES) return undefined;
  const refusedAgain = retries.filter(isRefusedByChance).length / retries.length;
  const lost = (refused.length / sent) * refusedAgain ** INQUD_RETRIES;
  if (lost < 1 / WEB_HOOKS_TO_A_LOSS) return undefined;
  const alone = await shareAlone(laboratory);
  if (alone === undefined || alone.share < refusedAgain / 2) return undefined;
  const percent = Math.round(refusedAgain * 100);
  const what = `${refused.length} of ${sent} genuine web hooks were ${answerOf(first)} at first, and so were ${percent} % of their retries: it is chance whether one is taken.`;
  const toALoss = Number((1 / lost).toPrecision(2));
  const why = `Of about ${toALoss} web hooks one is refused ${INQUD_RETRIES + 1} times, and lost for good.`;
  return fail(`${what} ${why}`, alone.story, LOOK_FOR_A_DIFFERENCE);
}

/** The attempts at each web hook that was refused at first, and taken in the end. */
function mendedByChance({ exchanges }: Execution): readonly (readonly Exchange[])[] {
  const attempts = new Map<ScriptDelivery, Exchange[]>();
  for (const one of exchanges.filter(isGenuine)) {
    attempts.set(one.delivery, [...(attempts.get(one.delivery) ?? []), one]);
  }
  return [...attempts.values()].filter((made) => {
    const [first] = made;
    const last = made.at(-1);
    return first !== undefined && isRefusedByChance(first) && isOk(last?.outcome ?? first.outcome);
  });
}

/** What share of attempts a quiet receiver refuses, with the life that was refused most. */
async function shareAlone(
  laboratory: Laboratory,
): Promise<{ readonly share: number; readonly story: Story } | undefined> {
  const { lab, gate } = laboratory;
  const [kind] = meantKinds(laboratory);
  if (kind === undefined) return undefined;
  const script = scriptFor(kind, kind.main, inTurn(kind.main.events));
  const lives: Execution[] = [];
  const attempts = () => lives.flatMap(({ exchanges }) => exchanges);
  while (attempts().length < ATTEMPTS_ALONE && !lab.isOver) {
    lives.push(await gate.alone(() => lab.execute(script)));
  }
  const refusedIn = ({ exchanges }: Execution) => exchanges.filter(isRefusedByChance).length;
  const [most] = lives.toSorted((one, other) => refusedIn(other) - refusedIn(one));
  if (most === undefined) return undefined;
  const share = attempts().filter(isRefusedByChance).length / attempts().length;
  const { exchanges } = most;
  return { share, story: { script, exchanges, wrong: [], times: undefined } };
}
