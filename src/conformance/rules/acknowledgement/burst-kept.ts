import { withArticle } from '../../../webhook/kinds/articles.js';
import { isCountedMore } from '../../counted-more.js';
import { decides } from '../../decides.js';
import { type Execution, isOk } from '../../lab/exchange.js';
import { whyOver } from '../../lab/standing.js';
import type { Laboratory } from '../../laboratory.js';
import { inOrder } from '../../references.js';
import {
  fail,
  inconclusive,
  pass,
  type Rule,
  type RuleVerdict,
  SOURCES,
  type Story,
} from '../../rule.js';
import type { Script } from '../../script.js';
import { differences, isEqualBut } from '../../state/difference.js';
import type { Leaves } from '../../state/leaves.js';
import type { States } from '../../state/oracle.js';
import { settleAs } from '../../state/settle.js';
import { AT_ONCE, type FullBurst, fullBurst } from './full-burst.js';

/**
 * Whatever was answered 200 is not sent again, so what is not there afterwards is lost. It is not
 * forgiven because one alone is kept: it is a crowd that fills a queue, a pool or a memory. But it is
 * waited for as long as any accusation waits, twice, while nothing else is delivered.
 */
export const acknowledgementBurstKept: Rule = {
  id: 'acknowledgement/burst-kept',
  severity: 'must',
  title: 'What is acknowledged in a burst is kept',
  source: SOURCES.webHooks,
  advice:
    'Answer 200 only to what is stored safely; where a queue is full, answer 503, and Inqud sends it again.',
  needs: ['state'],
  when: 'late',
  isLeftOutWhenSlow: true,
  run,
};

const COUNT_ONCE =
  'Let a job that is done again change nothing: a key that is unique, (id, status), in the transaction that does the work.';

async function run(laboratory: Laboratory): Promise<RuleVerdict> {
  const { lab } = laboratory;
  const burst = await fullBurst(laboratory);
  if (lab.isOver) return inconclusive(whyOver(lab));
  if (burst === undefined) return inconclusive('No valid web hook is answered 200.');
  if (!burst.shows) {
    return inconclusive(
      `The state shows nothing of ${withArticle(burst.kind.name)} of which one event came.`,
    );
  }
  return judgeKept(laboratory, burst);
}

async function judgeKept(laboratory: Laboratory, burst: FullBurst): Promise<RuleVerdict> {
  const { lab, oracle, references } = laboratory;
  const { kind, event } = burst;
  const name = `${kind.name}.${event}`;
  const kept = acknowledgedOf(burst.execution);
  const count = kept.subjects.length;
  if (count === 0) return inconclusive(`None of ${AT_ONCE} at once is answered 200.`);
  const resource = { kind: kind.name, end: kind.main.end, order: 0 };
  const script = inOrder(resource, [event]);
  const [expected = new Map()] = await references.ofScript(script);
  const before = kind.profile?.before ?? new Map();
  const isLost = (actual: Leaves) =>
    isEqualBut(before, actual, oracle.masked) ||
    decides(laboratory, resource, expected, actual).length > 0;
  const isWhole = (states: States) => !states.some(isLost);
  const first = await settleAs(lab, oracle, kept, isWhole);
  const { states, isAsExpected } = first.isAsExpected
    ? first
    : await settleAs(lab, oracle, kept, isWhole);
  if (lab.isOver) return inconclusive(whyOver(lab));
  if (isAsExpected) return pass(`${count} of ${AT_ONCE} at once were answered 200, and are kept.`);
  const lost = states.flatMap((actual, index) => (isLost(actual) ? [{ actual, index }] : []));
  const [shown] = lost;
  const isMore = lost.every(({ actual }) => isCountedMore(differences(expected, actual)));
  const left = isMore ? 'were counted more than once' : 'left nothing behind';
  const what = `Of ${count} ${name} that came at once and were answered 200, ${lost.length} ${left}.`;
  if (shown === undefined) return inconclusive('What was lost came back while it was looked at.');
  if (!(await areKeptInTurn(laboratory, script, isWhole))) {
    return inconclusive('The state does not show two resources that come one after the other.');
  }
  const exchange = kept.exchanges[shown.index];
  const [delivery] = script.steps[0]?.deliveries ?? [];
  const story: Story = {
    script,
    exchanges:
      exchange === undefined || delivery === undefined ? [] : [{ ...exchange, step: 0, delivery }],
    wrong: [{ resource: 0, differences: differences(expected, shown.actual) }],
    times: undefined,
  };
  return fail(what, story, isMore ? COUNT_ONCE : undefined);
}

/** A state that shows the last resource alone, or none for long, says nothing of what was lost. */
async function areKeptInTurn(
  { lab, oracle, gate }: Laboratory,
  script: Script,
  isWhole: (states: States) => boolean,
): Promise<boolean> {
  return gate.alone(async () => {
    const one = await lab.execute(script);
    if (!(await settleAs(lab, oracle, one, isWhole)).isAsExpected) return false;
    const other = await lab.execute(script);
    const both = { ...other, subjects: [...one.subjects, ...other.subjects] };
    return (await settleAs(lab, oracle, both, isWhole)).isAsExpected;
  });
}

/** The resources whose web hook was taken, in the order of their exchanges. */
function acknowledgedOf(execution: Execution): Execution {
  const exchanges = execution.exchanges.filter(({ outcome }) => isOk(outcome));
  const taken = exchanges.flatMap(({ delivery }) => {
    const subject = execution.subjects[delivery.resource];
    return subject === undefined ? [] : [subject];
  });
  return {
    ...execution,
    script: {
      ...execution.script,
      resources: taken.map(({ resource }) => resource),
    },
    subjects: taken,
    exchanges,
  };
}
