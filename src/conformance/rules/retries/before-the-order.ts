import { decides } from '../../decides.js';
import { type Exchange, isOk, unanswered } from '../../lab/exchange.js';
import type { Laboratory } from '../../laboratory.js';
import type { SeenKind } from '../../profile.js';
import {
  fail,
  inconclusive,
  pass,
  type Rule,
  type RuleVerdict,
  SOURCES,
  type Story,
  skipped,
} from '../../rule.js';
import type { Leaves } from '../../state/leaves.js';
import type { States } from '../../state/oracle.js';
import { settleAs } from '../../state/settle.js';
import { inTurn, scriptFor, seenKinds } from '../kinds.js';

export const retriesBeforeTheOrder: Rule = {
  id: 'retries/before-the-order',
  severity: 'must',
  title: 'What comes before its order counts once the order exists',
  source: SOURCES.webHooks,
  advice:
    'Answer 404 or 500 while the order does not exist, and remember nothing, so that Inqud sends it again; or keep the web hook, and do its work when the order is made.',
  needs: ['state', 'prepare'],
  when: 'late',
  run,
};

/** What came of a web hook that came before its order. */
interface Early {
  readonly kind: SeenKind;
  /** Refused, then taken; taken at once; or refused ever since. */
  readonly answered: 'at-once' | 'on-retry' | 'never';
  readonly isDone: boolean;
  readonly story: Story;
}

async function run(laboratory: Laboratory): Promise<RuleVerdict> {
  const kinds = seenKinds(laboratory);
  const found = await Promise.all(kinds.map((kind) => judgeKind(laboratory, kind)));
  if (found.includes('renamed')) {
    return skipped('--prepare gives ids to the web hooks, so that none can come before it.');
  }
  const told = found.filter((one) => one !== undefined && one !== 'renamed');
  const failed = told.find(({ isDone }) => !isDone);
  if (failed !== undefined) return fail(lostText(failed), failed.story);
  if (told.length === 0) return inconclusive('No state tells what becomes of a lone final status.');
  return pass(
    `${told.length} ${told.length === 1 ? 'web hook' : 'web hooks'} that came before the order counted.`,
  );
}

/** What is lost is tried once more on a quiet receiver. */
async function judgeKind(
  laboratory: Laboratory,
  kind: SeenKind,
): Promise<Early | 'renamed' | undefined> {
  const { gate, references } = laboratory;
  const { profile, main } = kind;
  const script = scriptFor(kind, main, inTurn([main.end]));
  const [expected = new Map()] = await references.ofScript(script);
  const [resource] = script.resources;
  // Where a lone final status counts for nothing, ordering/final-only says so.
  const counts = resource && decides(laboratory, resource, expected, profile.before).length > 0;
  if (counts !== true) return undefined;
  const first = await gate.shared(() => sendEarly(laboratory, kind, expected));
  if (first === 'renamed' || first.isDone || laboratory.lab.isOver) return first;
  await references.doubt(script);
  const [again = new Map()] = await references.ofScript(script);
  return gate.alone(() => sendEarly(laboratory, kind, again));
}

/** The web hook first, then the order, and the web hook again unless it was taken. */
async function sendEarly(
  laboratory: Laboratory,
  kind: SeenKind,
  expected: Leaves,
): Promise<Early | 'renamed'> {
  const { lab, oracle, settings, hooks } = laboratory;
  const script = scriptFor(kind, kind.main, inTurn([kind.main.end]));
  const unmade = lab.meet(script);
  const early = await lab.send(unmade, script.steps, { once: true });
  const subjects = await lab.makeOrders(unmade);
  if (subjects.some(({ renames }) => renames.size > 0)) return 'renamed';
  const isTaken = early.some(({ outcome }) => isOk(outcome));
  const retried = isTaken ? [] : await lab.send(subjects, script.steps);
  const exchanges: readonly Exchange[] = [...early, ...retried];
  const execution = {
    script,
    subjects,
    exchanges,
    overlapped: true,
    lastAnswerMs: lab.clock.monotonic(),
  };
  const [resource] = script.resources;
  const wrongIn = ([state = new Map()]: States) =>
    resource === undefined ? [] : decides(laboratory, resource, expected, state);
  const healMs = hooks.truth === undefined ? 0 : settings.healWithinMs;
  const { states, isAsExpected } = await settleAs(
    lab,
    oracle,
    execution,
    (seen) => wrongIn(seen).length === 0,
    Math.max(oracle.judgedAfterMs, healMs),
  );
  const wrong = [{ resource: 0, differences: wrongIn(states) }];
  return {
    kind,
    answered: isTaken ? 'at-once' : unanswered(retried).length === 0 ? 'on-retry' : 'never',
    isDone: isAsExpected,
    story: { script, exchanges, wrong, times: undefined },
  };
}

function lostText({ kind: { name, main }, answered }: Early): string {
  const event = `${name}.${main.end}`;
  switch (answered) {
    case 'at-once':
      return `${event} came before its order, was answered 200, and left nothing.`;
    case 'on-retry':
      return `${event} was refused before its order existed; its retry was answered 200, and left nothing.`;
    case 'never':
      return `${event} was refused before its order existed, and is refused ever since.`;
    default:
      return answered satisfies never;
  }
}
