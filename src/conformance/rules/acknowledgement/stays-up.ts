import type { Exchange } from '../../lab/lab.js';
import { fallText } from '../../lab/standing.js';
import type { Laboratory } from '../../laboratory.js';
import { fail, inconclusive, pass, type Rule, SOURCES, type Verdict } from '../../rule.js';
import type { Script } from '../../script.js';

export const acknowledgementStaysUp: Rule = {
  id: 'acknowledgement/stays-up',
  severity: 'must',
  title: 'The receiver keeps answering, whatever comes',
  source: SOURCES.webHooks,
  advice:
    'Catch what goes wrong in the handler and answer 500: a receiver that ends, or waits for ever, loses every web hook that follows.',
  needs: [],
  when: 'last',
  tellsFromAnswers: true,
  run,
};

const MOST_SHOWN = 3;

function run({ lab }: Laboratory): Promise<Verdict> {
  const { fall } = lab.standing;
  if (lab.log.every(({ outcome }) => outcome.kind === 'unreachable')) {
    return Promise.resolve(inconclusive('The receiver cannot be reached.'));
  }
  if (fall === undefined) return Promise.resolve(pass(`It took ${lab.log.length} web hooks.`));
  if (fall.kind === 'limiting') return Promise.resolve(inconclusive(fallText(fall)));
  const suspects = suspectsAmong(fall.last);
  const crowd = Math.max(...fall.last.map(({ underWay }) => underWay));
  const text = `${fallText(fall)} Up to ${crowd} web hooks were under way at once.`;
  const [first] = suspects;
  if (first === undefined || suspects.length > MOST_SHOWN) return Promise.resolve(fail(text));
  return Promise.resolve(
    fail(`${text} What came last:`, {
      script: scriptFor(suspects),
      exchanges: suspects.map((exchange, step) => ({ ...exchange, step })),
      wrong: [],
      times: undefined,
    }),
  );
}

/** The first that were cut off or never answered; those that only found nobody there come after. */
function suspectsAmong(last: readonly Exchange[]): readonly Exchange[] {
  const hurt = last.filter(({ outcome }) => outcome.kind === 'broken');
  return hurt.length > 0 ? hurt : last.filter(({ outcome }) => outcome.kind === 'timed-out');
}

function scriptFor(suspects: readonly Exchange[]): Script {
  return {
    resources: suspects.map(({ kind, delivery }, order) => ({ kind, end: delivery.event, order })),
    steps: suspects.map(({ delivery }, resource) => ({
      kind: 'send',
      deliveries: [{ ...delivery, resource }],
    })),
  };
}
