import { decides } from '../../decides.js';
import type { Exchange } from '../../lab/exchange.js';
import { isOk } from '../../lab/exchange.js';
import type { Laboratory } from '../../laboratory.js';
import type { SeenKind } from '../../profile.js';
import type { Script } from '../../script.js';
import { type Difference, differences } from '../../state/difference.js';
import type { Leaves } from '../../state/leaves.js';
import { settleAs } from '../../state/settle.js';
import type { Wrong } from '../../trial.js';
import { inTurn, scriptFor, seenKinds } from '../kinds.js';

export interface Faulted {
  readonly script: Script;
  readonly exchanges: readonly Exchange[];
  /** The receiver answered 200 while its work failed. */
  readonly acknowledged: boolean;
  readonly wrong: readonly Wrong[];
}

const PATIENCE_MS = 10_000;
const asked = new WeakMap<Laboratory, Promise<Faulted | undefined>>();

/** A final event while the receiver's work fails, and its retry when it works again. Done once. */
export function faulted(laboratory: Laboratory): Promise<Faulted | undefined> {
  const known = asked.get(laboratory);
  if (known !== undefined) return known;
  const [kind] = seenKinds(laboratory);
  const made = kind === undefined ? Promise.resolve(undefined) : tryFault(laboratory, kind);
  asked.set(laboratory, made);
  return made;
}

async function tryFault(laboratory: Laboratory, kind: SeenKind): Promise<Faulted | undefined> {
  const { lab, oracle, hooks } = laboratory;
  if (hooks.fault === undefined) return undefined;
  const { events, end } = kind.main;
  const execution = await lab.execute(scriptFor(kind, kind.main, inTurn(events.slice(0, -1))));
  const during: Exchange[] = [];
  try {
    await hooks.fault.on();
    during.push(...(await lab.send(execution.subjects, inTurn([end]), { once: true })));
  } finally {
    await hooks.fault.off();
  }
  const acknowledged = during.some(({ outcome }) => isOk(outcome));
  const after = acknowledged ? [] : await lab.send(execution.subjects, inTurn([end]));
  const expected = kind.profile.main;
  const resource = { kind: kind.name, end, order: 0 };
  const wrongIn = (leaves: Leaves): readonly Difference[] =>
    kind.profile.deciding.length === 0
      ? differences(expected, leaves)
      : decides(laboratory, resource, expected, leaves);
  const patienceMs = Math.max(oracle.judgedAfterMs, PATIENCE_MS);
  const settled = await settleAs(
    lab,
    oracle,
    execution,
    ([leaves]) => leaves !== undefined && wrongIn(leaves).length === 0,
    patienceMs,
  );
  const found = settled.isAsExpected
    ? []
    : [{ resource: 0, differences: wrongIn(settled.states[0] ?? new Map()) }];
  const script = scriptFor(kind, kind.main, inTurn([...events, end]));
  return {
    script,
    exchanges: [...execution.exchanges, ...during, ...after],
    acknowledged,
    wrong: found,
  };
}
