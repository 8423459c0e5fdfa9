import type { Laboratory } from '../../laboratory.js';
import { fail, inconclusive, pass, type Rule, type RuleVerdict, SOURCES } from '../../rule.js';
import { spread } from './spread.js';

const SLOW_MS = 2_000;

export const acknowledgementQuickAnswer: Rule = {
  id: 'acknowledgement/quick-answer',
  severity: 'advisory',
  title: 'Answers do not wait for slow work',
  source: SOURCES.webHooks,
  advice:
    'Write the web hook to a queue or a table, answer 200 at once, and do the work afterwards.',
  needs: [],
  when: 'last',
  tellsFromAnswers: true,
  run,
};

function run({ lab, kinds, offers }: Laboratory): Promise<RuleVerdict> {
  const exchanges = kinds.flatMap(({ name }) => offers.get(name)?.exchanges ?? []);
  const times = spread(exchanges.length > 0 ? exchanges : lab.log);
  if (times === undefined) return Promise.resolve(inconclusive('No web hook was answered.'));
  if (times.medianMs < SLOW_MS) return Promise.resolve(pass(times.text));
  return Promise.resolve(
    fail(`An undisturbed web hook waits seconds for its answer. ${times.text}`),
  );
}
