import { type ExactNumber, minus } from '../json/exact-number.js';
import type { Exchange } from './lab/exchange.js';
import type { Laboratory } from './laboratory.js';
import type { Script } from './script.js';
import { changeText } from './state/change-text.js';

/** By how much the shared numbers changed, by path. */
export type BalanceChanges = ReadonlyMap<string, string>;

export interface Counted {
  readonly changes: BalanceChanges;
  readonly exchanges: readonly Exchange[];
}

const POLL_MS = 25;

/** What scripts, all under way together, add to the balances. The caller has the receiver to itself. */
export async function changeOf(
  { lab, oracle, witness }: Laboratory,
  scripts: readonly Script[],
  { atOnce, expected }: { readonly atOnce: number; readonly expected?: BalanceChanges },
): Promise<Counted> {
  if (witness === undefined) return { changes: new Map(), exchanges: [] };
  const before = await oracle.balances(witness);
  const exchanges: Exchange[] = [];
  for (let from = 0; from < scripts.length; from += atOnce) {
    const some = scripts.slice(from, from + atOnce);
    const executions = await Promise.all(some.map((script) => lab.execute(script)));
    exchanges.push(...executions.flatMap((execution) => execution.exchanges));
  }
  const startMs = lab.clock.monotonic();
  let changes = changed(before, await oracle.balances(witness));
  let sinceMs = startMs;
  for (;;) {
    const nowMs = lab.clock.monotonic();
    const isAsExpected = expected === undefined || isSameChange(expected, changes);
    const isJudged = isAsExpected || nowMs - startMs >= oracle.judgedAfterMs;
    if (lab.isOver || (isJudged && nowMs - sinceMs >= oracle.quietMs)) break;
    await lab.clock.sleep(POLL_MS, lab.signal);
    const seen = changed(before, await oracle.balances(witness));
    if (isSameChange(seen, changes)) continue;
    changes = seen;
    sinceMs = lab.clock.monotonic();
  }
  return { changes, exchanges };
}

export function isSameChange(one: BalanceChanges, other: BalanceChanges): boolean {
  return one.size === other.size && [...one].every(([path, text]) => other.get(path) === text);
}

function changed(
  before: ReadonlyMap<string, ExactNumber>,
  after: ReadonlyMap<string, ExactNumber>,
): BalanceChanges {
  return new Map(
    [...before].flatMap(([path, value]) => {
      const now = after.get(path);
      return now === undefined ? [] : [[path, changeText(minus(now, value))] as const];
    }),
  );
}
