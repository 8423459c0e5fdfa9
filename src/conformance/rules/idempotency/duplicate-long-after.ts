import { type ExactNumber, minus, shortText } from '../../../json/exact-number.js';
import { startingWith } from '../../../webhook/kinds/articles.js';
import { isCountedMore } from '../../counted-more.js';
import { decides } from '../../decides.js';
import { continued } from '../../lab/exchange.js';
import type { Laboratory } from '../../laboratory.js';
import type { SeenKind } from '../../profile.js';
import { fail, inconclusive, pass, type Rule, type RuleVerdict, SOURCES } from '../../rule.js';
import type { Script } from '../../script.js';
import { changeText } from '../../state/change-text.js';
import { type Difference, differences, pathsThatDiffer } from '../../state/difference.js';
import type { Leaves } from '../../state/leaves.js';
import { areEqual } from '../../state/oracle.js';
import { settle, settleAs } from '../../state/settle.js';
import { inTurn, scriptFor, seenKinds } from '../kinds.js';

export const idempotencyDuplicateLongAfter: Rule = {
  id: 'idempotency/duplicate-long-after',
  severity: 'must',
  title: 'A duplicate that comes long after counts once',
  source: SOURCES.webHooks,
  advice:
    'Keep the record of what was done for good, not in a cache that forgets: Inqud retries for many hours.',
  needs: ['state'],
  when: 'late',
  run,
};

async function run(laboratory: Laboratory): Promise<RuleVerdict> {
  const { lab, gate, references, settings } = laboratory;
  const kinds = seenKinds(laboratory);
  const lives = await Promise.all(
    kinds.map(async (kind) => ({ kind, usual: (await references.ofScript(lifeOf(kind)))[0] })),
  );
  const waitedMs = lab.clock.monotonic() - settings.offeredMs;
  await lab.clock.sleep(Math.max(0, settings.lingerMs - waitedMs), lab.signal);
  if (kinds.length === 0) return inconclusive('No kind under test can be told apart.');
  const again = async () => {
    const verdicts = await Promise.all(
      lives.map(({ kind, usual }) => comeAgain(laboratory, kind, usual)),
    );
    return verdicts.find((verdict) => verdict !== undefined);
  };
  const hasBalances = laboratory.oracle.cumulative.size > 0;
  const failure = await (hasBalances ? gate.alone(again) : gate.shared(again));
  if (failure !== undefined) return failure;
  return pass(`Nothing changed ${shown(lab.clock.monotonic() - settings.offeredMs)} later.`);
}

/** The caller holds the gate, for which who wants to know what is usual would wait. */
async function comeAgain(
  laboratory: Laboratory,
  kind: SeenKind,
  usual: Leaves | undefined,
): Promise<RuleVerdict | undefined> {
  const { lab, oracle, offers, settings } = laboratory;
  const execution = offers.get(kind.name);
  if (execution === undefined) return undefined;
  const before = await settle(lab, oracle, execution);
  // What moves from one look to the next, such as whether a cache had it, says nothing of a duplicate.
  const still = await settle(lab, oracle, execution);
  const [was = new Map()] = before.states;
  const restless = new Set(pathsThatDiffer(was, still.states[0] ?? new Map()));
  const balances = await oracle.balances(execution);
  const steps = inTurn(kind.main.events);
  const exchanges = await lab.send(execution.subjects, steps);
  const again = continued(execution, steps, exchanges, lab.clock.monotonic());
  const later = { ...execution, lastAnswerMs: again.lastAnswerMs };
  const after = await settleAs(lab, oracle, later, (states) => areEqual(before.states, states));
  const [is = new Map()] = after.states;
  const changed = [
    ...(after.isAsExpected ? [] : differences(was, is)).filter(
      ({ path }) => !oracle.masked.has(path) && !restless.has(path),
    ),
    ...balanceDifferences(balances, await oracle.balances(execution)),
  ];
  if (changed.length === 0) return undefined;
  // What was lost the first time is no duplicate when it comes again.
  const [resource] = execution.script.resources;
  if (resource !== undefined && decides(laboratory, resource, usual ?? was, was).length > 0)
    return undefined;
  const age = shown(lab.clock.monotonic() - settings.offeredMs);
  const what = isCountedMore(changed) ? 'was counted again' : 'changed the state';
  return fail(`${startingWith(kind.name)} came again ${age} later and ${what}.`, {
    script: again.script,
    exchanges: again.exchanges,
    wrong: [{ resource: 0, differences: changed }],
    times: undefined,
  });
}

function lifeOf(kind: SeenKind): Script {
  return scriptFor(kind, kind.main, inTurn(kind.main.events));
}

function shown(ms: number): string {
  return `${(ms / 1_000).toFixed(1)} s`;
}

function balanceDifferences(
  before: ReadonlyMap<string, ExactNumber>,
  after: ReadonlyMap<string, ExactNumber>,
): readonly Difference[] {
  return [...before].flatMap(([path, value]) => {
    const now = after.get(path);
    if (now === undefined || changeText(minus(now, value)) === '0') return [];
    return [{ path, expected: shortText(value), actual: shortText(now) }];
  });
}
