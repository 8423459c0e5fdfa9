import { continued } from '../../lab/exchange.js';
import type { Laboratory, TruthServer } from '../../laboratory.js';
import { tellingPaths, without } from '../../profile.js';
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
import type { Difference } from '../../state/difference.js';
import type { Leaves } from '../../state/leaves.js';
import { parseNumber, type States } from '../../state/oracle.js';
import { settle } from '../../state/settle.js';
import { inTurn } from '../kinds.js';
import { type Suffered, suffer, sufferAll } from './losses.js';

export const recoveryHealsOnce: Rule = {
  id: 'recovery/heals-once',
  severity: 'must',
  title: 'What was asked for counts once, also when its web hook comes after all',
  source: SOURCES.webHooks,
  advice:
    'Let what the API says and what a web hook says take the same way: one key, (id, status), remembered in the transaction that does the work.',
  needs: ['state', 'mock-api'],
  when: 'late',
  run,
};

async function run(laboratory: Laboratory): Promise<RuleVerdict> {
  const { truth } = laboratory.hooks;
  if (truth === undefined) return inconclusive('There is no API to ask.');
  const found = await sufferAll(laboratory);
  const healed = found.filter((one) => one.healed && one.leftAt !== one.kind.main.end);
  if (healed.length === 0) return skipped('Nothing was asked for that could count twice.');
  const stories = await laboratory.gate.alone(() =>
    Promise.all(healed.map((one) => lateStory(laboratory, one))),
  );
  const twice = healed.filter((_, index) => stories[index] !== undefined);
  for (const one of twice) {
    const story = await laboratory.gate.alone(() => again(laboratory, truth, one));
    const { name, main } = one.kind;
    if (story === undefined) continue;
    return fail(
      `${name}.${main.end} was asked for, and changed it again when it came late.`,
      story,
    );
  }
  return pass(`${healed.length} losses were healed, and their web hooks changed nothing.`);
}

/** Once more, for what came at the same time may have been in the way. */
async function again(
  laboratory: Laboratory,
  truth: TruthServer,
  loss: Suffered,
): Promise<Story | undefined> {
  const suffered = await suffer(laboratory, truth, loss);
  return suffered?.healed === true ? lateStory(laboratory, suffered) : undefined;
}

/** The lost web hooks come after all. Undefined where nothing that tells changes. */
async function lateStory(
  { lab, oracle }: Laboratory,
  { kind, script, execution, states: before }: Suffered,
): Promise<Story | undefined> {
  const came = script.steps.flatMap(({ deliveries }) => deliveries.map(({ event }) => event));
  const late = inTurn(kind.main.events.filter((event) => !came.includes(event)));
  const exchanges = await lab.send(execution.subjects, late);
  const later = continued({ ...execution, script }, late, exchanges, lab.clock.monotonic());
  const { states: after } = await settle(lab, oracle, later);
  const differences = tellingPaths(kind.profile)
    .filter((path) => !oracle.masked.has(path))
    .flatMap((path) => grownAt(path, stateIn(before), stateIn(after)));
  if (differences.length === 0) return undefined;
  return {
    script: later.script,
    exchanges: later.exchanges,
    wrong: [{ resource: 0, differences }],
    times: undefined,
  };
}

/** A single value that is another; in a list, a number more than there was. */
function grownAt(path: string, before: Leaves, after: Leaves): readonly Difference[] {
  const [was = [], is = []] = [before.get(path), after.get(path)];
  const isList = path.includes('[]');
  const more = without(is, was).filter((text) => !isList || parseNumber(text) !== undefined);
  if (more.length === 0) return [];
  return [{ path, expected: was.join(', '), actual: is.join(', ') }];
}

function stateIn([leaves = new Map()]: States): Leaves {
  return leaves;
}
