import { isOk } from '../../lab/exchange.js';
import type { Lab } from '../../lab/lab.js';
import { whyOver } from '../../lab/standing.js';
import type { Laboratory } from '../../laboratory.js';
import { fail, inconclusive, pass, type Rule, type RuleVerdict, SOURCES } from '../../rule.js';
import type { Script } from '../../script.js';
import { meantKinds } from '../kinds.js';
import { spread } from './spread.js';

const AT_ONCE = 25;

export const acknowledgementBurst: Rule = {
  id: 'acknowledgement/burst',
  severity: 'should',
  title: 'A burst of web hooks is answered in time',
  source: SOURCES.webHooks,
  advice: 'Keep the handler short, so that many web hooks at once are answered within 10 s each.',
  needs: [],
  when: 'alone',
  tellsFromAnswers: true,
  run,
};

async function run(laboratory: Laboratory): Promise<RuleVerdict> {
  const { lab } = laboratory;
  const [kind] = meantKinds(laboratory);
  const [event] = kind?.main.events ?? [];
  if (kind === undefined || event === undefined) {
    return inconclusive('No valid web hook is answered 200.');
  }
  const script = burst(kind.name, kind.main.end, event);
  const { exchanges } = await lab.execute(script, { burst: true, once: true });
  if (exchanges.length === 0) return fallen(lab);
  const late = exchanges.filter(({ outcome }) => outcome.kind === 'timed-out').length;
  const bad = exchanges.filter(({ outcome }) => !isOk(outcome)).length;
  const times = spread(exchanges);
  if (late > 0 || times === undefined) {
    return fail(`${late} of ${AT_ONCE} web hooks that came at once were not answered in time.`);
  }
  const refused = `${bad} of ${AT_ONCE} web hooks that came at once were not answered 200`;
  if (bad === AT_ONCE) return fail(`${refused}.`);
  return pass(bad === 0 ? times.text : `${times.text} ${refused}: Inqud sends them again.`);
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

function burst(kind: string, end: string, event: string): Script {
  const numbers = Array.from({ length: AT_ONCE }, (_, index) => index);
  return {
    resources: numbers.map((order) => ({ kind, end, order })),
    steps: [
      {
        kind: 'send',
        deliveries: numbers.map((resource) => ({ resource, event, answer: 'awaited' })),
      },
    ],
  };
}
