import type { Laboratory } from '../../laboratory.js';
import { fail, pass, type Rule, SOURCES, skipped, type Verdict } from '../../rule.js';
import { single } from '../../state/difference.js';
import { inTurn, type SeenKind, scriptFor, seenKinds } from '../kinds.js';
import { amountFields, isMoved, numberAt, placesOf } from './amount-fields.js';

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
  when: 'last',
  run,
};

async function run(laboratory: Laboratory): Promise<Verdict> {
  const kinds = seenKinds(laboratory);
  const verdicts = await Promise.all(kinds.map((kind) => judgeKind(laboratory, kind)));
  const told = verdicts.filter((verdict) => verdict !== undefined);
  const failure = told.find(({ status }) => status === 'fail');
  return failure ?? told[0] ?? skipped('No field of the state says the amount.');
}

async function judgeKind(laboratory: Laboratory, kind: SeenKind): Promise<Verdict | undefined> {
  const { name, main } = kind;
  const fields = (await amountFields(laboratory, kind)).flatMap((field) => {
    const places = placesOf(field);
    return places === undefined ? [] : [{ path: field.path, places }];
  });
  if (fields.length === 0) return undefined;
  for (const amount of AMOUNTS) {
    const resource = { kind: name, end: main.end, amount, order: 0 };
    const leaves = await laboratory.references.of(resource, main.events);
    const differences = fields.flatMap(({ path, places }) => {
      const found = numberAt(leaves, path);
      const isKept = found !== undefined && isMoved(found, amount, places);
      return isKept ? [] : [{ path, expected: amount, actual: single(leaves, path) }];
    });
    const [first] = differences;
    if (first === undefined) continue;
    const script = { ...scriptFor(kind, main, inTurn(main.events)), resources: [resource] };
    const wrong = [{ resource: 0, differences }];
    const what = `An amount of ${amount} is recorded as ${first.actual ?? 'nothing'}.`;
    return fail(what, { script, exchanges: [], wrong, times: undefined });
  }
  return pass(`Kept exactly: ${AMOUNTS.join(', ')}.`);
}
