import { answerOf, type Exchange } from '../../lab/exchange.js';
import type { Laboratory } from '../../laboratory.js';
import { fail, inconclusive, pass, type Rule, type RuleVerdict, SOURCES } from '../../rule.js';
import { spread } from './spread.js';
import { placeWords, repeatedAlone, untakenSorts } from './untaken.js';

export const acknowledgementWithinLimit: Rule = {
  id: 'acknowledgement/within-limit',
  severity: 'must',
  title: 'Every web hook is answered within 10 s',
  source: SOURCES.webHooks,
  advice:
    'Store the web hook, answer 200, do the work later: after 10 s Inqud takes it as not delivered.',
  needs: [],
  when: 'last',
  tellsFromAnswers: true,
  run,
};

/** With more of them under way, it may have been our load: that is what the burst is for. */
const FEW = 5;
/** Each takes 10 s where it is as bad as it looks. */
const SUSPICIONS = 3;

async function run(laboratory: Laboratory): Promise<RuleVerdict> {
  const { lab } = laboratory;
  const genuine = lab.log.filter(({ delivery }) => delivery.variant?.forge === undefined);
  const late = genuine.filter(isLate);
  const ofFew = late.filter(({ underWay }) => underWay <= FEW);
  if (ofFew.length > 0 || lab.standing.fall?.kind === 'silent') {
    return fail(`${late.length} of ${genuine.length} web hooks were not answered in time.`);
  }
  const alone = await lateAlone(laboratory);
  if (alone !== undefined) return alone;
  const times = spread(genuine);
  if (times === undefined) return inconclusive('No web hook was answered.');
  if (late.length === 0) return pass(times.text);
  const most = Math.min(...late.map(({ underWay }) => underWay));
  return pass(
    `${times.text} ${late.length} were not answered in time, with at least ${most} under way at once.`,
  );
}

/** What was late in a crowd, and is late again on a quiet receiver. */
async function lateAlone(laboratory: Laboratory): Promise<RuleVerdict | undefined> {
  for (const one of untakenSorts(laboratory, isLate).slice(0, SUSPICIONS)) {
    if (laboratory.lab.isOver) return undefined;
    const { last, story } = await repeatedAlone(laboratory, one);
    if (last === undefined || !isLate(last)) continue;
    return fail(`${placeWords(one)} is ${answerOf(last)}, on a quiet receiver too.`, story);
  }
  return undefined;
}

function isLate({ outcome }: Exchange): boolean {
  return outcome.kind === 'timed-out';
}
