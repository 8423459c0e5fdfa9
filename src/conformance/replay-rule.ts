import { confirm, isRaceable } from './confirm.js';
import { expect } from './expectation.js';
import { ONLY_LIMITED, whyOver } from './lab/standing.js';
import type { Laboratory } from './laboratory.js';
import { fail, inconclusive, pass, type Rule, type RuleVerdict } from './rule.js';
import type { SavedScript } from './script-file.js';
import { tryOut } from './trial.js';

const TRIES_FOR_AN_OVERLAP = 6;

/** The rule that was seen to fail, held against the saved script alone. */
export function replayRule(original: Rule, saved: SavedScript): Rule {
  const run = async (laboratory: Laboratory): Promise<RuleVerdict> => {
    const story = await confirm(laboratory, saved, undefined);
    if (story !== undefined) {
      return fail('The saved deliveries leave another state than they should.', story);
    }
    return (await whyUntold(laboratory, saved)) ?? pass(FIXED);
  };
  const kinds = saved.script.resources.map(({ kind }) => kind);
  return { ...original, when: 'side-by-side', kinds, run };
}

const FIXED = 'The saved deliveries left the right state every time.';

/** What did not fail again may not have been seen: it was limited, or never came at the same time. */
async function whyUntold(
  laboratory: Laboratory,
  { script, measure }: SavedScript,
): Promise<RuleVerdict | undefined> {
  const { gate, lab } = laboratory;
  const expectation = await expect(laboratory, script, measure);
  for (let tries = 0; tries < TRIES_FOR_AN_OVERLAP && !lab.isOver; tries += 1) {
    const trial = await gate.alone(() => tryOut(laboratory, script, expectation));
    if (trial.limited) return inconclusive(ONLY_LIMITED);
    if (trial.overlapped || !isRaceable(script)) return undefined;
  }
  return inconclusive(
    lab.isOver ? whyOver(lab) : 'The deliveries never were under way at the same time.',
  );
}
