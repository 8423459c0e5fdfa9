import type { Laboratory } from '../../laboratory.js';
import { fail, inconclusive, pass, type Rule, SOURCES, type Verdict } from '../../rule.js';
import { isSame, parseDecimal } from '../../state/decimal.js';
import { single } from '../../state/difference.js';
import { inTurn, scriptFor, seenKinds } from '../kinds.js';
import { amountFields, numberAt, saysAmount } from './amount-fields.js';

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
  let compared = 0;
  for (const kind of seenKinds(laboratory)) {
    const fields = (await amountFields(laboratory, kind)).filter(
      (field) => saysAmount(field) && !field.path.endsWith(' (change)'),
    );
    for (const amount of fields.length === 0 ? [] : AMOUNTS) {
      const resource = { kind: kind.name, end: kind.main.end, amount, order: 0 };
      const leaves = await laboratory.references.of(resource, kind.main.events);
      const wanted = parseDecimal(amount);
      for (const { path } of fields) {
        compared += 1;
        const found = numberAt(leaves, path);
        if (found !== undefined && wanted !== undefined && isSame(found, wanted)) continue;
        const differences = [{ path, expected: amount, actual: single(leaves, path) }];
        const plain = scriptFor(kind, kind.main, inTurn(kind.main.events));
        return fail(`An amount of ${amount} is recorded as ${single(leaves, path)}.`, {
          script: { ...plain, resources: [resource] },
          exchanges: [],
          wrong: [{ resource: 0, differences }],
          times: undefined,
        });
      }
    }
  }
  if (compared === 0) return inconclusive('No field of the state says the amount.');
  return pass(`Kept exactly: ${AMOUNTS.join(', ')}.`);
}
