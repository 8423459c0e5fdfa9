import { answerOf, isCrowdedOut, isOk } from '../../lab/exchange.js';
import type { Lab } from '../../lab/lab.js';
import { ONLY_LIMITED, whyOver } from '../../lab/standing.js';
import type { Laboratory } from '../../laboratory.js';
import { fail, inconclusive, pass, type Rule, type RuleVerdict, SOURCES } from '../../rule.js';
import { AT_ONCE, fullBurst } from './full-burst.js';
import { spread } from './spread.js';

export const acknowledgementBurst: Rule = {
  id: 'acknowledgement/burst',
  severity: 'should',
  title: 'A burst of web hooks is answered in time',
  source: SOURCES.webHooks,
  advice:
    'Keep the handler short, so that many web hooks at once are answered within 10 s each; put off what is too much with 429 or 503.',
  needs: [],
  when: 'alone',
  tellsFromAnswers: true,
  run,
};

async function run(laboratory: Laboratory): Promise<RuleVerdict> {
  const { lab } = laboratory;
  const burst = await fullBurst(laboratory);
  if (burst === undefined) return inconclusive('No valid web hook is answered 200.');
  const { exchanges } = burst.execution;
  if (exchanges.length === 0) return fallen(lab);
  const late = exchanges.filter(({ outcome }) => outcome.kind === 'timed-out').length;
  const times = spread(exchanges);
  if (late > 0 || times === undefined) {
    return fail(`${late} of ${AT_ONCE} web hooks that came at once were not answered in time.`);
  }
  const crowdedOut = exchanges.filter(isCrowdedOut).length;
  const bad = exchanges.filter((one) => !isOk(one.outcome) && !isCrowdedOut(one));
  if (bad.length > 0) {
    const how = [...new Set(bad.map(answerOf))].join(', ');
    return fail(`${bad.length} of ${AT_ONCE} web hooks that came at once were refused (${how}).`);
  }
  if (crowdedOut === AT_ONCE) return inconclusive(ONLY_LIMITED);
  if (crowdedOut === 0) return pass(times.text);
  return pass(`${times.text} ${crowdedOut} of ${AT_ONCE} were put off: Inqud sends them again.`);
}

/** A receiver that answered, and then fell silent under a smaller crowd, does not stand a burst. */
function fallen(lab: Lab): RuleVerdict {
  const late = lab.log.filter(({ outcome }) => outcome.kind === 'timed-out');
  const wasFine = lab.log.some(({ outcome }) => isOk(outcome));
  if (lab.standing.fall?.kind !== 'silent' || !wasFine) return inconclusive(whyOver(lab));
  const most = Math.max(...late.map(({ underWay }) => underWay));
  return fail(
    `${late.length} web hooks were not answered in time when up to ${most} came at once, and none since.`,
  );
}
