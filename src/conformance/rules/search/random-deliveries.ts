import { findMiscount, miscounts } from '../../balance.js';
import { type Case, confirm } from '../../confirm.js';
import { expect, type Measure } from '../../expectation.js';
import { sortsInTurn } from '../../in-turn.js';
import { whyOver } from '../../lab/standing.js';
import type { Laboratory } from '../../laboratory.js';
import { fail, inconclusive, pass, type Rule, type RuleVerdict, SOURCES } from '../../rule.js';
import { countDeliveries, type Script, sharesAnOrder } from '../../script.js';
import { chanceFrom } from '../../search/chance.js';
import { randomScript } from '../../search/random-script.js';
import { shrink, shrinkWhile } from '../../search/shrink.js';
import { isRight, type Trial, tryOut } from '../../trial.js';
import { seenKinds } from '../kinds.js';

export const searchRandomDeliveries: Rule = {
  id: 'search/random-deliveries',
  severity: 'must',
  title: 'Whatever happens on the way, the state comes out right',
  source: SOURCES.webHooks,
  advice:
    'Make the handler idempotent and independent of the order: see the timeline for what it cannot take yet.',
  needs: ['state'],
  when: 'side-by-side',
  isLeftOutWhenSlow: true,
  run,
};

/** So many suspicions are looked into before it is let go. */
const SUSPICIONS = 6;
const SHRINK = { withinMs: 15_000 };
const RESOURCES = 3;
/** One plan of so many is about two resources of one order. */
const PAIRS = 3;

/** Resources of one order show in each other's state, so that only what decides is told. */
function measureOf(script: Script): Measure {
  return { kind: sharesAnOrder(script) ? 'in-turn' : 'same' };
}

function caseOf(script: Script): Case {
  return { script, measure: measureOf(script) };
}

interface Tried {
  readonly script: Script;
  readonly trial: Trial;
}

async function run(laboratory: Laboratory): Promise<RuleVerdict> {
  const { lab, settings } = laboratory;
  const kinds = seenKinds(laboratory);
  if (kinds.length === 0) return inconclusive('No kind under test can be told apart.');
  const scripts = Array.from({ length: settings.runs }, (_, index) =>
    randomScript(
      { kinds, resources: RESOURCES, isPair: index % PAIRS === PAIRS - 1 },
      chanceFrom(`${settings.seed} ${index}`),
    ),
  );
  const endMs = lab.clock.monotonic() + (settings.budgetMs ?? Number.POSITIVE_INFINITY);
  const tried = (
    await Promise.all(scripts.map((script) => tryOnce(laboratory, script, endMs)))
  ).filter((one) => one !== undefined);
  const failure = (await wrongState(laboratory, tried)) ?? (await wrongBalance(laboratory, tried));
  if (failure !== undefined) return failure;
  if (lab.isOver) return inconclusive(whyOver(lab));
  if (scripts.length === 0) return inconclusive('No random plan was asked for (--runs 0).');
  if (tried.length === 0) return inconclusive('The budget left no time for a single plan.');
  const cut = tried.length < scripts.length ? ` The budget cut it from ${scripts.length}.` : '';
  return pass(`${tried.length} random plans left the right state (seed ${settings.seed}).${cut}`);
}

/** `undefined` when the budget was over before it began. */
async function tryOnce(
  laboratory: Laboratory,
  script: Script,
  endMs: number,
): Promise<Tried | undefined> {
  const { lab, gate } = laboratory;
  if (lab.isOver || lab.clock.monotonic() > endMs) return undefined;
  const expectation = expect(laboratory, script, measureOf(script));
  return gate.shared(async () => {
    if (lab.isOver || lab.clock.monotonic() > endMs) return undefined;
    return { script, trial: await tryOut(laboratory, script, expectation) };
  });
}

async function wrongState(
  laboratory: Laboratory,
  tried: readonly Tried[],
): Promise<RuleVerdict | undefined> {
  const suspects = tried.filter(({ trial }) => !isRight(trial) && !trial.limited);
  for (const { script, trial } of mostTelling(suspects).slice(0, SUSPICIONS)) {
    const first = await confirm(laboratory, caseOf(script), trial);
    if (first === undefined) continue;
    const smallest = await shrink(laboratory, script, measureOf, SHRINK);
    const story = await confirm(laboratory, caseOf(smallest), undefined);
    return fail('A random sequence of deliveries left another state.', story ?? first);
  }
  return undefined;
}

/** Small ones first, but of one, two and three resources in turn: what disturbs several spares one. */
function mostTelling(suspects: readonly Tried[]): readonly Tried[] {
  const small = suspects.toSorted(
    (one, other) => countDeliveries(one.script) - countDeliveries(other.script),
  );
  return sortsInTurn(small, ({ script }) => script.resources.length);
}

async function wrongBalance(
  laboratory: Laboratory,
  tried: readonly Tried[],
): Promise<RuleVerdict | undefined> {
  const first = await findMiscount(
    laboratory,
    tried.map(({ script }) => caseOf(script)),
  );
  if (first === undefined) return undefined;
  const script = await shrinkWhile(laboratory, first.script, SHRINK, (simpler) =>
    miscounts(laboratory, caseOf(simpler)),
  );
  const story = await findMiscount(laboratory, [caseOf(script)]);
  return fail('A random sequence of deliveries left another balance.', story ?? first);
}
