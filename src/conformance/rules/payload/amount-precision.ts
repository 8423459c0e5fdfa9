import { answerOf, unanswered } from '../../lab/exchange.js';
import type { Laboratory } from '../../laboratory.js';
import type { SeenKind } from '../../profile.js';
import { fail, pass, type Rule, type RuleVerdict, SOURCES, skipped } from '../../rule.js';
import { seenKinds } from '../kinds.js';
import { amountFields, amountScripts, amountText, placesOf, scriptAt } from './amount-fields.js';
import { saysUnits } from './everyday-sizes.js';
import { isOfPoints } from './money-names.js';

/** 18 decimals, as tokens on Ethereum have, and a number beyond 2^53. */
const AMOUNTS = ['0.123456789012345678', '9007199254740993'];

export const payloadAmountPrecision: Rule = {
  id: 'payload/amount-precision',
  severity: 'should',
  title: 'Amounts keep every digit',
  source: SOURCES.webHooks,
  advice:
    'Read amounts as text or decimals, not as floating point: JSON.parse and its like lose digits.',
  needs: ['state'],
  when: 'late',
  run,
};

async function run(laboratory: Laboratory): Promise<RuleVerdict> {
  const kinds = seenKinds(laboratory);
  const verdicts = await Promise.all(kinds.map((kind) => judgeKind(laboratory, kind)));
  const told = verdicts.filter((verdict) => verdict !== undefined);
  const failure = told.find(({ status }) => status === 'fail');
  return failure ?? told[0] ?? skipped('No field of the state says the amount.');
}

async function judgeKind(laboratory: Laboratory, kind: SeenKind): Promise<RuleVerdict | undefined> {
  const { references } = laboratory;
  const scripts = AMOUNTS.map((amount) => ({
    amount,
    script: scriptAt(kind, kind.main.events, { amount, set: [] }),
  }));
  await references.know([...amountScripts(kind), ...scripts.map(({ script }) => script)]);
  const fields = (await amountFields(laboratory, kind)).flatMap((field) => {
    const places = placesOf(field);
    const isKept = places !== undefined && !isOfPoints(field.path);
    return isKept ? [{ path: field.path, places }] : [];
  });
  if (fields.length === 0) return undefined;
  for (const { amount, script } of scripts) {
    const wrong = async () => {
      const leaves = (await references.ofScript(script))[0] ?? new Map();
      return fields.flatMap(({ path, places }) => {
        const isKept = saysUnits(amountText(leaves, path), amount, places);
        return isKept ? [] : [{ path, expected: amount, actual: amountText(leaves, path) }];
      });
    };
    if ((await wrong()).length === 0) continue;
    await references.doubt(script);
    const differences = await wrong();
    const [first] = differences;
    if (first === undefined) continue;
    const story = { script, wrong: [{ resource: 0, differences }], times: undefined };
    if (first.actual === undefined) {
      const { exchanges } = await laboratory.gate.alone(() => laboratory.lab.execute(script));
      const [refused] = unanswered(exchanges);
      if (refused !== undefined) {
        const what = `A web hook with an amount of ${amount} is ${answerOf(refused)}.`;
        return fail(what, { ...story, exchanges, wrong: [] });
      }
    }
    const what = `An amount of ${amount} is recorded as ${first.actual ?? 'nothing'}.`;
    return fail(what, { ...story, exchanges: [] });
  }
  return pass(`Kept exactly: ${AMOUNTS.join(', ')}.`);
}
