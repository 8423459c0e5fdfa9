import type { Laboratory } from '../../laboratory.js';
import { fail, inconclusive, pass, type Rule, SOURCES, type Verdict } from '../../rule.js';
import { differences } from '../../state/difference.js';
import { settle } from '../../state/settle.js';
import { inTurn, seenKinds } from '../kinds.js';

export const idempotencyDuplicateLongAfter: Rule = {
  id: 'idempotency/duplicate-long-after',
  severity: 'must',
  title: 'A duplicate that comes long after counts once',
  source: SOURCES.webHooks,
  advice:
    'Keep the record of what was done for good, not in a cache that forgets: Inqud retries for many hours.',
  needs: ['state'],
  when: 'last',
  run,
};

async function run(laboratory: Laboratory): Promise<Verdict> {
  const { lab, oracle, gate, offers, settings } = laboratory;
  const kinds = seenKinds(laboratory);
  const waitedMs = lab.clock.monotonic() - settings.calibratedMs;
  await lab.clock.sleep(Math.max(0, settings.lingerMs - waitedMs), lab.signal);
  for (const kind of kinds) {
    const execution = offers.get(kind.name);
    if (execution === undefined) continue;
    const window = { quietMs: oracle.quietMs, longestMs: Number.POSITIVE_INFINITY };
    const verdict = await gate.alone(async (): Promise<Verdict | undefined> => {
      await oracle.anchor(execution);
      const before = await settle(lab, oracle, execution, window);
      const exchanges = await lab.send(execution.subjects, inTurn(kind.main.events));
      const after = await settle(lab, oracle, execution, window);
      const [was, is] = [before.states[0] ?? new Map(), after.states[0] ?? new Map()];
      const changed = differences(was, is);
      if (changed.length === 0) return undefined;
      const again = inTurn(kind.main.events);
      return fail(
        `${kind.name} came again ${shown(lab.clock.monotonic() - settings.calibratedMs)} later and was counted again.`,
        {
          script: { ...execution.script, steps: [...execution.script.steps, ...again] },
          exchanges,
          wrong: [{ resource: 0, differences: changed }],
          times: undefined,
        },
      );
    });
    if (verdict !== undefined) return verdict;
  }
  if (kinds.length === 0)
    return inconclusive('No kind under test has a state that can be told apart.');
  return pass(`Nothing changed ${shown(lab.clock.monotonic() - settings.calibratedMs)} later.`);
}

function shown(ms: number): string {
  return `${(ms / 1_000).toFixed(1)} s`;
}
