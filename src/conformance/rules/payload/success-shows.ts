import { lived } from '../../calibration/lives.js';
import { isAmount } from '../../calibration/unshown-success.js';
import type { Laboratory } from '../../laboratory.js';
import type { KindUnderTest } from '../../profile.js';
import { fail, inconclusive, pass, type Rule, type RuleVerdict, SOURCES } from '../../rule.js';
import type { UnshownSuccess } from '../../state/blind.js';
import { ownDifferences, single } from '../../state/difference.js';
import type { Leaves } from '../../state/leaves.js';
import { settleAs } from '../../state/settle.js';
import { seenKinds } from '../kinds.js';
import { patienceOf } from './patience.js';
import { isReleased } from './released.js';

export const payloadSuccessShows: Rule = {
  id: 'payload/success-shows',
  severity: 'must',
  title: 'A success that comes in order counts',
  source: SOURCES.paymentStatuses,
  advice:
    'Look at three things: the word that the handler takes for a success (it is SUCCESS, in capitals), whether it goes on after the first web hook of a resource, and the key under which it remembers what it has seen: it needs the id and the status.',
  needs: ['moving-state'],
  when: 'side-by-side',
  seesUnshown: true,
  run,
};

const EARLY =
  'Credit an order, and give what it is for, when SUCCESS comes, or PARTIAL_SUCCESS: a payment that is detected or pending can still fail.';

async function run(laboratory: Laboratory): Promise<RuleVerdict> {
  const unshown = laboratory.kinds.flatMap((kind) =>
    kind.blind?.code === 'success-unshown' ? [{ kind, blind: kind.blind }] : [],
  );
  for (const { kind, blind } of unshown) {
    const verdict = await judgeAgain(laboratory, kind, blind);
    if (verdict !== undefined) return verdict;
  }
  if (unshown.length > 0) {
    return inconclusive('A success showed only when it came again alone.');
  }
  const names = seenKinds(laboratory).map(({ name }) => name);
  return pass(`It shows in the state: ${names.join(', ')}.`);
}

/** The usual life once more, on a quiet receiver that has all the time it may need. */
async function judgeAgain(
  { lab, oracle, gate }: Laboratory,
  kind: KindUnderTest,
  blind: UnshownSuccess,
): Promise<RuleVerdict | undefined> {
  const { events, end } = kind.main;
  return gate.alone(async () => {
    const live = async (some: readonly string[]) => {
      const done = await lived(lab, oracle, kind.kind, { end, events: some });
      return { ...done, state: done.states[0] ?? new Map() };
    };
    const earlier = await live(events.slice(0, -1));
    const whole = await live(events);
    const hasChanged = await settleAs(
      lab,
      oracle,
      whole.execution,
      ([state = new Map()]) => ownDifferences(earlier.state, state).length > 0,
      patienceOf(oracle, blind.shows === 'first'),
    );
    if (hasChanged.isAsExpected || lab.isOver) return undefined;
    const name = `${kind.name}.${end}`;
    const story = {
      script: whole.execution.script,
      exchanges: whole.execution.exchanges,
      wrong: [],
      times: undefined,
    };
    const { state: begun } = await live(events.slice(0, 1));
    const subject = whole.execution.subjects[0]?.probe;
    return isGivenEarly(blind, begun, subject?.amount)
      ? fail(
          `${name} changes nothing: ${blind.path} is ${blind.value} before it already.`,
          story,
          EARLY,
        )
      : fail(`${name} changes nothing: ${beside(kind, blind)}`, story);
  });
}

/** What is there before the success, but not when the life begins, is the amount, or what it is worth. */
function isGivenEarly(
  { shows, path, value }: UnshownSuccess,
  begun: Leaves,
  amount: string | undefined,
): boolean {
  if (shows !== 'earlier' || single(begun, path) === value) return false;
  return isReleased(path, value, false) || (amount !== undefined && isAmount(value, amount));
}

/** What the state does say, so that it could say a success as well. */
function beside({ name, contrast }: KindUnderTest, { shows, path, value }: UnshownSuccess): string {
  switch (shows) {
    case 'failure':
      return `the state is what it was before, while after ${name}.${contrast.end} ${path} is ${value}.`;
    case 'earlier':
      return `${path} is ${value} before it and after it.`;
    case 'first':
      return `only the first ${name} of the run showed (${path} was ${value}), and none since.`;
    default:
      return shows satisfies never;
  }
}
