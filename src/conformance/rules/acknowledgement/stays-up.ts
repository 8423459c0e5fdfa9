import type { Exchange } from '../../lab/exchange.js';
import { fallen } from '../../lab/standing.js';
import type { Laboratory } from '../../laboratory.js';
import { fail, inconclusive, pass, type Rule, type RuleVerdict, SOURCES } from '../../rule.js';
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

const MOST_SHOWN = 8;

function run({ lab }: Laboratory): Promise<RuleVerdict> {
  const { fall } = lab.standing;
  if (lab.log.every(({ outcome }) => outcome.kind === 'unreachable')) {
    return Promise.resolve(inconclusive('The receiver cannot be reached.'));
  }
  if (fall === undefined) return Promise.resolve(pass(`It took ${lab.log.length} web hooks.`));
  if (fall.kind === 'limiting' || fall.kind === 'unread')
    return Promise.resolve(inconclusive(fallen(fall)));
  const suspects = suspectsAmong(fall.last, lab.log).slice(0, MOST_SHOWN);
  const crowd = Math.max(...fall.last.map(({ underWay }) => underWay));
  const text = [fallen(fall), `Up to ${crowd} web hooks were under way at once.`];
  if (suspects.length === 0) return Promise.resolve(fail(text));
  return Promise.resolve(
    fail([...text, 'What was never answered:'], {
      script: scriptFor(suspects),
      exchanges: suspects.map((exchange, step) => ({ ...exchange, step })),
      wrong: [],
      times: undefined,
    }),
  );
}

/** What was cut off, or never answered, and is unlike anything that ever was answered. */
function suspectsAmong(last: readonly Exchange[], log: readonly Exchange[]): readonly Exchange[] {
  const broken = last.filter(({ outcome }) => outcome.kind === 'broken');
  const hurt =
    broken.length > 0 ? broken : last.filter(({ outcome }) => outcome.kind === 'timed-out');
  const answered = new Set(log.filter(({ outcome }) => outcome.kind === 'responded').map(lookOf));
  const odd = hurt.filter((exchange) => !answered.has(lookOf(exchange)));
  const distinct = new Map((odd.length > 0 ? odd : hurt).map((one) => [lookOf(one), one]));
  return [...distinct.values()];
}

function lookOf({ kind, delivery: { event, variant } }: Exchange): string {
  return JSON.stringify([kind, event, variant]);
}

function scriptFor(suspects: readonly Exchange[]): Script {
  const kinds = [...new Set(suspects.map(({ kind }) => kind))];
  return {
    resources: kinds.map((kind, order) => {
      const end = suspects.find((one) => one.kind === kind)?.delivery.event ?? '';
      return { kind, end, order };
    }),
    steps: suspects.map(({ kind, delivery }) => ({
      kind: 'send',
      deliveries: [{ ...delivery, resource: kinds.indexOf(kind) }],
    })),
  };
}
