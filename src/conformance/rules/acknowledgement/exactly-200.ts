import { DELIVERED_STATUS } from '../../../webhook/scheme.js';
import { answerOf, type Exchange, isGenuine, isLimited } from '../../lab/exchange.js';
import { whyOver } from '../../lab/standing.js';
import type { Laboratory } from '../../laboratory.js';
import { fail, inconclusive, pass, type Rule, type RuleVerdict, SOURCES } from '../../rule.js';
import { inTurn, meantKinds, scriptFor } from '../kinds.js';
import { leftUndone } from './left-undone.js';
import { refusedByChance } from './refused-by-chance.js';
import {
  isRefusedThroughout,
  placeWords,
  repeatedAlone,
  type Untaken,
  untakenSorts,
} from './untaken.js';

/**
 * Inqud counts 200 alone, retries everything else, and gives up in the end. So a web hook that is
 * refused each time it comes is lost, whatever it says: one that is a duplicate, or came late, too.
 * What the retry mends is for `acknowledgement/refusals-mended`.
 */
export const acknowledgementExactly200: Rule = {
  id: 'acknowledgement/exactly-200',
  severity: 'must',
  title: 'Every genuine web hook is answered exactly 200',
  source: SOURCES.webHooks,
  advice: 'Answer 200 itself: Inqud retries everything else, also 201, 202, 204 and redirects.',
  needs: [],
  when: 'last',
  tellsFromAnswers: true,
  begin: comeAgain,
  run,
};

/** So many sorts of refusals are done again before they are let go. */
const SUSPICIONS = 12;

const ADVICE: Readonly<Record<Untaken['place'], string>> = {
  'in-turn':
    'Answer 200 to every status of the kinds you use, also when there is nothing to do for it.',
  again: 'Answer 200 to what is known already: there is nothing left to do for it.',
  stale:
    'Answer 200 to a status that comes late, and leave the newer one as it is: Inqud promises no order.',
};

async function run(laboratory: Laboratory): Promise<RuleVerdict> {
  const { lab } = laboratory;
  const statuses = lab.log
    .filter(isGenuine)
    .flatMap(({ outcome }) => (outcome.kind === 'responded' ? [outcome.status] : []));
  if (statuses.length === 0) return inconclusive('No web hook was answered.');
  const others = statuses.filter((status) => status > 200 && status < 400);
  if (others.length > 0) {
    const shown = [...new Set(others)].join(', ');
    const why = `${others.length} of ${statuses.length} genuine web hooks were answered ${shown}.`;
    return fail(`${why} Inqud counts only 200 as delivered, and retries the rest.`);
  }
  const count = statuses.filter((status) => status === DELIVERED_STATUS).length;
  if (count === 0) return inconclusive('No web hook was answered 200.');
  const goesDown = lab.log.some(({ outcome }) => outcome.kind === 'unreachable');
  const refused = untakenSorts(laboratory, (one) => isRefusal(one) || (isCutOff(one) && !goesDown));
  for (const one of refused.slice(0, SUSPICIONS)) {
    if (lab.isOver) return inconclusive(whyOver(lab));
    const again = await repeatedAlone(laboratory, one);
    if (!isRefusedThroughout(again) || again.last === undefined) continue;
    const what = `${placeWords(one)} is ${answerOf(again.last)} each time it comes.`;
    const why = 'Inqud counts only 200 as delivered, and gives up in the end.';
    return fail(`${what} ${why}`, again.story, ADVICE[one.place]);
  }
  const chance = await refusedByChance(laboratory);
  if (chance !== undefined) return chance;
  const undone = lab.hasProbe ? await leftUndone(laboratory) : undefined;
  if (undone !== undefined) return undone;
  return pass(`${count} web hooks were answered 200, none with another success.`);
}

/** All of a life once more, when the work that it made is done: duplicates, most of them stale. */
async function comeAgain(laboratory: Laboratory): Promise<void> {
  const { lab, oracle, gate } = laboratory;
  await Promise.all(
    meantKinds(laboratory).map((kind) =>
      gate.shared(() => {
        const { events } = kind.main;
        const script = scriptFor(kind, kind.main, inTurn([...events, ...events]));
        return lab.execute(script, { pause: { step: events.length, ms: oracle.quietMs } });
      }),
    ),
  );
}

function isRefusal(exchange: Exchange): boolean {
  return exchange.outcome.kind === 'responded' && !isLimited(exchange);
}

/** The connection ends without an answer; that the whole receiver does is for `stays-up`. */
function isCutOff({ outcome }: Exchange): boolean {
  return outcome.kind === 'broken';
}
