import { decides } from '../../decides.js';
import { continued, type Exchange, isOk, unanswered } from '../../lab/exchange.js';
import type { Laboratory } from '../../laboratory.js';
import { once } from '../../once.js';
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
  /** What the web hook got: a 200 while the work failed, a 200 for its retry alone, or none. */
  readonly answered: 'at-once' | 'on-retry' | 'never';
  /** Where the state differs in the end; empty when the work was done. */
  readonly wrong: readonly Wrong[];
  /** Nothing of the work was done: the state is as it was before. */
  readonly isUndone: boolean;
}

/** How it went, in a sentence. */
export const HOW: Readonly<Record<Faulted['answered'], string>> = {
  'at-once': 'It was answered 200 while its work failed.',
  'on-retry': 'It was refused first.',
  never: 'It is refused ever since.',
};

const PATIENCE_MS = 10_000;

/** A final event while the receiver's work fails, and its retry when it works again. Done once. */
export const faulted = once(async (laboratory): Promise<Faulted | undefined> => {
  const [kind] = seenKinds(laboratory);
  return kind === undefined ? undefined : tryFault(laboratory, kind);
});

async function tryFault(laboratory: Laboratory, kind: SeenKind): Promise<Faulted | undefined> {
  const { lab, oracle, hooks } = laboratory;
  if (hooks.fault === undefined) return undefined;
  const { events, end } = kind.main;
  let execution = await lab.execute(scriptFor(kind, kind.main, inTurn(events.slice(0, -1))));
  const deliver = async (options: { readonly once: boolean }) => {
    const last = inTurn([end]);
    const exchanges = await lab.send(execution.subjects, last, options);
    execution = continued(execution, last, exchanges, lab.clock.monotonic());
    return exchanges;
  };
  const during: Exchange[] = [];
  try {
    await hooks.fault.on();
    during.push(...(await deliver({ once: true })));
    // What is answered first and done later has to meet the fault as well.
    if (isTaken(during)) await lab.clock.sleep(oracle.quietMs, lab.signal);
  } finally {
    await hooks.fault.off();
  }
  const after = isTaken(during) ? [] : await deliver({ once: false });
  const expected = kind.profile.main;
  const resource = { kind: kind.name, end, order: 0 };
  const differencesOf = (known: Leaves, leaves: Leaves): readonly Difference[] =>
    kind.profile.deciding.length === 0
      ? differences(known, leaves)
      : decides(laboratory, resource, known, leaves);
  const wrongIn = (leaves: Leaves) => differencesOf(expected, leaves);
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
  return {
    script: execution.script,
    exchanges: execution.exchanges,
    answered: isTaken(during) ? 'at-once' : unanswered(after).length === 0 ? 'on-retry' : 'never',
    wrong: found,
    isUndone: differencesOf(kind.profile.between, settled.states[0] ?? new Map()).length === 0,
  };
}

function isTaken(exchanges: readonly Exchange[]): boolean {
  return exchanges.some(({ outcome }) => isOk(outcome));
}
