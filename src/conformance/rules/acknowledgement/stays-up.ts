import type { Exchange } from '../../lab/exchange.js';
import { type Fall, fallen } from '../../lab/standing.js';
import type { Laboratory } from '../../laboratory.js';
import {
  fail,
  inconclusive,
  pass,
  type Rule,
  type RuleVerdict,
  SOURCES,
  type Story,
} from '../../rule.js';
import type { ScriptStep } from '../../script.js';
import { isRefusedThroughout, placeWords, repeatedAlone, untakenSorts } from './untaken.js';

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
/** So many sorts of web hooks are done again before they are let go. */
const SUSPICIONS = 6;

async function run(laboratory: Laboratory): Promise<RuleVerdict> {
  const { lab } = laboratory;
  const { fall } = lab.standing;
  if (lab.log.every(({ outcome }) => outcome.kind === 'unreachable')) {
    return inconclusive('The receiver cannot be reached.');
  }
  if (fall === undefined) {
    return (await endedAlone(laboratory)) ?? pass(`It took ${lab.log.length} web hooks.`);
  }
  if (fall.kind === 'limiting' || fall.kind === 'unread') return inconclusive(fallen(fall));
  const suspects = suspectsAmong(fall, lab.log).slice(0, MOST_SHOWN);
  const [suspect] = suspects;
  if (suspect === undefined) return fail(fallen(fall));
  const crowd = Math.max(...fall.last.map(({ underWay }) => underWay));
  const about =
    suspects.length === 1
      ? `The last before that, unlike all that was answered: ${nameOf(suspect)}.`
      : `Up to ${crowd} web hooks were under way at once. What was never answered:`;
  return fail([fallen(fall), about], {
    ...shown(suspects),
    wrong: [],
    times: undefined,
  });
}

/** What ends a process that is started again each time, done again on a quiet receiver. */
async function endedAlone(laboratory: Laboratory): Promise<RuleVerdict | undefined> {
  const isDown = laboratory.lab.log.some(({ outcome }) => outcome.kind === 'unreachable');
  const broken = isDown ? untakenSorts(laboratory, isBroken) : [];
  for (const one of broken.slice(0, SUSPICIONS)) {
    if (laboratory.lab.isOver) return undefined;
    const again = await repeatedAlone(laboratory, one);
    if (!isRefusedThroughout(again) || again.last === undefined || !isBroken(again.last)) continue;
    return fail(`The receiver goes down each time with ${placeWords(one)}.`, again.story);
  }
  return undefined;
}

function isBroken({ outcome }: Exchange): boolean {
  return outcome.kind === 'broken';
}

/**
 * What was cut off, or never answered, and is unlike anything that ever was answered. Where the
 * process ended, everything under way was cut off: the last of those to come is the likeliest.
 */
function suspectsAmong({ kind, last }: Fall, log: readonly Exchange[]): readonly Exchange[] {
  const broken = last.filter(isBroken);
  const hurt =
    broken.length > 0 ? broken : last.filter(({ outcome }) => outcome.kind === 'timed-out');
  const answered = new Set(log.filter(({ outcome }) => outcome.kind === 'responded').map(lookOf));
  const odd = hurt.filter((exchange) => !answered.has(lookOf(exchange)));
  const suspects = odd.length > 0 ? odd : hurt;
  if (kind === 'gone' && odd.length > 0) {
    return suspects.toSorted((one, other) => other.writtenMs - one.writtenMs).slice(0, 1);
  }
  return [...new Map(suspects.map((one) => [lookOf(one), one])).values()];
}

function nameOf({ kind, delivery: { event, variant } }: Exchange): string {
  return `${kind}.${event}${variant === undefined ? '' : ', changed as shown'}`;
}

function lookOf({ kind, delivery: { event, variant } }: Exchange): string {
  return JSON.stringify([kind, event, variant]);
}

/** The suspects as a script: each by itself, and one resource for all of a kind. */
function shown(suspects: readonly Exchange[]): Pick<Story, 'script' | 'exchanges'> {
  const kinds = [...new Set(suspects.map(({ kind }) => kind))];
  const exchanges = suspects.map((exchange, step) => ({
    ...exchange,
    step,
    delivery: { ...exchange.delivery, resource: kinds.indexOf(exchange.kind) },
  }));
  const resources = kinds.map((kind, order) => {
    const end = suspects.find((one) => one.kind === kind)?.delivery.event ?? '';
    return { kind, end, order };
  });
  const steps = exchanges.map(({ delivery }): ScriptStep => {
    return { kind: 'send', deliveries: [delivery] };
  });
  return { script: { resources, steps }, exchanges };
}
