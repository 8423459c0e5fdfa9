import { isSame, minus } from '../../json/exact-number.js';
import type { Gate } from '../lab/gate.js';
import type { Lab } from '../lab/lab.js';
import { contrastLife, mainLife } from '../profile.js';
import { changeText } from '../state/change-text.js';
import { single } from '../state/difference.js';
import type { Leaves } from '../state/leaves.js';
import { type Oracle, parseNumber } from '../state/oracle.js';
import { type Offer, watched } from './lives.js';

/** So many kinds are tried until one moves a balance. */
const KINDS_TO_COUNT = 3;

/**
 * Tells what is doubtful apart: a number that grows by the same amount with each success, and not
 * with a failure, is a balance; everything else is masked.
 */
export async function sortOut(
  lab: Lab,
  oracle: Oracle,
  gate: Gate,
  offers: readonly Offer[],
  doubtful: ReadonlySet<string>,
): Promise<void> {
  const balances = new Set<string>();
  const [witness] = offers;
  for (const { kind } of offers.slice(0, KINDS_TO_COUNT)) {
    if (balances.size > 0 || witness === undefined) break;
    const look = async () => (await oracle.lookAtAll(witness.execution))[0] ?? new Map();
    const numbers = await countable(doubtful, look);
    if (numbers.length === 0) break;
    await gate.alone(async () => {
      const states = [await look()];
      for (const life of [mainLife(kind), mainLife(kind), contrastLife(kind)]) {
        await watched(lab, oracle, kind, life);
        states.push(await look());
      }
      for (const path of numbers) if (accumulates(path, states)) balances.add(path);
    });
  }
  for (const path of doubtful) {
    if (!balances.has(path)) oracle.mask(path);
    else {
      oracle.unmask(path);
      oracle.accumulate(path);
    }
  }
}

/** Only a number that stands still while nothing is delivered can be a balance. */
async function countable(
  doubtful: ReadonlySet<string>,
  look: () => Promise<Leaves>,
): Promise<readonly string[]> {
  const [one, other] = [await look(), await look()];
  return [...doubtful].filter((path) => {
    const text = single(one, path);
    return parseNumber(text) !== undefined && text === single(other, path);
  });
}

function accumulates(path: string, states: readonly Leaves[]): boolean {
  const [one, two, three, failed] = states.map((leaves) => parseNumber(single(leaves, path)));
  if (one === undefined || two === undefined || three === undefined) return false;
  const grown = minus(two, one);
  const again = minus(three, two);
  if (grown.units === 0n || changeText(grown) !== changeText(again)) return false;
  return failed !== undefined && isSame(failed, three);
}
