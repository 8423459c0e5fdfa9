import { startingWith } from '../../../webhook/kinds/articles.js';
import { decides } from '../../decides.js';
import type { Exchange } from '../../lab/exchange.js';
import type { Laboratory } from '../../laboratory.js';
import type { KindLife, SeenKind } from '../../profile.js';
import {
  fail,
  inconclusive,
  pass,
  type Rule,
  type RuleVerdict,
  SOURCES,
  skipped,
} from '../../rule.js';
import { deliver, type Script } from '../../script.js';
import type { Difference } from '../../state/difference.js';
import { settle } from '../../state/settle.js';
import { inTurn, scriptFor, seenKinds } from '../kinds.js';

export const orderingSecondFinal: Rule = {
  id: 'ordering/second-final',
  severity: 'advisory',
  title: 'A second final status counts as a whole or not at all',
  source: SOURCES.paymentStatuses,
  advice:
    'Decide what a second final status means to you: keep the first, or take back what it brought and record the second. Support of Inqud may move a payment by hand.',
  needs: ['state'],
  when: 'side-by-side',
  run,
};

async function run(laboratory: Laboratory): Promise<RuleVerdict> {
  const ending = seenKinds(laboratory).filter(
    ({ kind, contrast }) =>
      kind.manualTransitions.length > 0 &&
      kind.statuses.some(({ name, outcome }) => name === contrast.end && outcome === 'failure'),
  );
  if (ending.length === 0) return skipped('No kind under test has a second final status.');
  const kinds = ending.filter(({ profile }) => profile.deciding.length > 0);
  if (kinds.length === 0) {
    return skipped(
      'Only lists of the state tell a success from a failure, and two final statuses can both stand in a list.',
    );
  }
  const verdicts = await Promise.all(
    kinds.flatMap((kind) => [
      judgeKind(laboratory, kind, kind.main, kind.contrast.end),
      judgeKind(laboratory, kind, kind.contrast, kind.main.end),
    ]),
  );
  const failure = verdicts.find((verdict) => verdict !== undefined);
  if (failure !== undefined) return failure;
  if (laboratory.lab.isOver) return inconclusive('The run was over before it could be told.');
  return pass('The first stays, or the second takes its place.');
}

/** What fails is done again on a quiet receiver. */
async function judgeKind(
  laboratory: Laboratory,
  kind: SeenKind,
  life: KindLife,
  second: string,
): Promise<RuleVerdict | undefined> {
  const { gate } = laboratory;
  const script = scriptFor(kind, life, [...inTurn(life.events), deliver(second)]);
  if ((await gate.shared(() => halfWay(laboratory, kind, script))) === undefined) return undefined;
  const found = await gate.alone(() => halfWay(laboratory, kind, script));
  if (found === undefined) return undefined;
  return fail(
    `${startingWith(kind.name)}.${second} after ${kind.name}.${life.end} was recorded by halves.`,
    {
      script,
      exchanges: found.exchanges,
      wrong: [{ resource: 0, differences: found.differences }],
      times: undefined,
    },
  );
}

/** Where the state is neither what the one end leaves nor what the other does. */
async function halfWay(
  laboratory: Laboratory,
  kind: SeenKind,
  script: Script,
): Promise<
  | { readonly exchanges: readonly Exchange[]; readonly differences: readonly Difference[] }
  | undefined
> {
  const { lab, oracle } = laboratory;
  const [resource] = script.resources;
  if (resource === undefined) return undefined;
  const execution = await lab.execute(script);
  const { states } = await settle(lab, oracle, execution);
  const [state = new Map()] = states;
  const found = [kind.profile.main, kind.profile.contrast].map((whole) =>
    decides(laboratory, resource, oracle.veil(whole), state),
  );
  if (lab.isOver || found.some(({ length }) => length === 0)) return undefined;
  return { exchanges: execution.exchanges, differences: found[0] ?? [] };
}
