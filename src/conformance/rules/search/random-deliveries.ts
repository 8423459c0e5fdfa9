import { findMiscount, miscounts } from '../../balance.js';
import { confirm } from '../../judge.js';
import type { Laboratory } from '../../laboratory.js';
import { fail, inconclusive, pass, type Rule, SOURCES, type Verdict } from '../../rule.js';
import { countDeliveries, type Script } from '../../script.js';
import { chanceFrom } from '../../search/chance.js';
import { randomScript } from '../../search/random-script.js';
import { simplerScripts } from '../../search/simpler.js';
import { expect, isRight, tryOut } from '../../trial.js';
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
  run,
};

const MEASURE = { kind: 'same' } as const;
const SUSPICIONS = 3;
const LONGEST_SHRINK_MS = 15_000;
const RESOURCES = 3;

async function run(laboratory: Laboratory): Promise<Verdict> {
  const { lab, settings } = laboratory;
  const kinds = seenKinds(laboratory);
  if (kinds.length === 0) return inconclusive('No kind under test can be told apart.');
  const scripts = Array.from({ length: settings.runs }, (_, index) =>
    randomScript({ kinds, resources: RESOURCES }, chanceFrom(`${settings.seed} ${index}`)),
  );
  const endMs = lab.clock.monotonic() + (settings.budgetMs ?? Number.POSITIVE_INFINITY);
  const tried = await Promise.all(
    scripts.map(async (script) => {
      if (lab.signal.aborted || lab.clock.monotonic() > endMs) return undefined;
      return { script, fails: await failsOnce(laboratory, script, endMs) };
    }),
  );
  const done = tried.filter((one) => one?.fails !== undefined);
  const suspects = done
    .flatMap((one) => (one?.fails === true ? [one.script] : []))
    .sort((one, other) => countDeliveries(one) - countDeliveries(other));
  for (const suspect of suspects.slice(0, SUSPICIONS)) {
    const first = await confirm(laboratory, { script: suspect, measure: MEASURE }, undefined);
    if (first === undefined) continue;
    const script = await shrink(
      laboratory,
      suspect,
      async (smaller, endMs) => (await failsOnce(laboratory, smaller, endMs)) === true,
    );
    const story = await confirm(laboratory, { script, measure: MEASURE }, undefined);
    return fail('A random sequence of deliveries left another state.', story ?? first);
  }
  const counted = done.flatMap((one) => (one === undefined ? [] : [one.script]));
  const miscounted = await findMiscount(
    laboratory,
    counted.map((script) => ({ script, measure: MEASURE })),
  );
  if (miscounted !== undefined) {
    const script = await shrink(
      laboratory,
      miscounted.script,
      async (smaller, endMs) =>
        lab.clock.monotonic() < endMs &&
        (await miscounts(laboratory, { script: smaller, measure: MEASURE })),
    );
    const story = await findMiscount(laboratory, [{ script, measure: MEASURE }]);
    return fail('A random sequence of deliveries left another balance.', story ?? miscounted);
  }
  const cut = done.length < scripts.length ? ` The budget cut it from ${scripts.length}.` : '';
  if (done.length === 0) return inconclusive('The budget left no time for a single plan.');
  return pass(`${done.length} random plans left the right state (seed ${settings.seed}).${cut}`);
}

/** `undefined` when the budget was over before it began. */
async function failsOnce(
  laboratory: Laboratory,
  script: Script,
  endMs: number,
): Promise<boolean | undefined> {
  const { lab, gate } = laboratory;
  const expectation = await expect(laboratory, script, MEASURE);
  return gate.shared(async () => {
    if (lab.clock.monotonic() > endMs) return undefined;
    return !isRight(await tryOut(laboratory, script, expectation));
  });
}

type StillFails = (script: Script, endMs: number) => Promise<boolean>;

/** The smallest script that still fails: all simpler ones are tried at once, the boldest wins. */
async function shrink(
  { lab }: Laboratory,
  failing: Script,
  stillFails: StillFails,
): Promise<Script> {
  const endMs = lab.clock.monotonic() + LONGEST_SHRINK_MS;
  let smallest = failing;
  while (lab.clock.monotonic() < endMs && !lab.signal.aborted) {
    const simpler = await simplest(simplerScripts(smallest), (script) => stillFails(script, endMs));
    if (simpler === undefined) break;
    smallest = simpler;
  }
  return smallest;
}

async function simplest(
  candidates: readonly Script[],
  fails: (script: Script) => Promise<boolean>,
): Promise<Script | undefined> {
  const verdicts = await Promise.all(candidates.map(fails));
  return candidates
    .filter((_, index) => verdicts[index] === true)
    .sort((one, other) => countDeliveries(one) - countDeliveries(other))[0];
}
