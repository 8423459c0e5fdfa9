import { isOk, unanswered } from '../../lab/lab.js';
import type { Laboratory } from '../../laboratory.js';
import { fail, inconclusive, pass, type Rule, SOURCES, type Verdict } from '../../rule.js';
import type { Script } from '../../script.js';
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
  run,
};

async function run({ lab, kinds }: Laboratory): Promise<Verdict> {
  const [kind] = kinds;
  const [event] = kind?.main.events ?? [];
  if (kind === undefined || event === undefined) {
    return inconclusive('No valid web hook is answered 200.');
  }
  const { exchanges } = await lab.execute(burst(kind.name, kind.main.end, event), { burst: true });
  const first = exchanges.filter(({ retry }) => retry === 0);
  const bad = first.filter(({ outcome }) => !isOk(outcome)).length;
  const times = spread(first);
  if (times === undefined || unanswered(exchanges).length > 0) {
    return fail(`${bad} of ${AT_ONCE} web hooks that came at once were not answered 200.`);
  }
  const retried = bad === 0 ? '' : ` ${bad} were answered 200 only when they came again.`;
  return pass(`${times.text}${retried}`);
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
