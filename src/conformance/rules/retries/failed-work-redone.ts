import type { Laboratory } from '../../laboratory.js';
import {
  fail,
  inconclusive,
  pass,
  type Rule,
  type RuleVerdict,
  SOURCES,
  skipped,
} from '../../rule.js';
import { faulted, HOW } from './faulted.js';

export const retriesFailedWorkRedone: Rule = {
  id: 'retries/failed-work-redone',
  severity: 'must',
  title: 'Work that fails once is done on the retry',
  source: SOURCES.webHooks,
  advice:
    'Answer 200 only when the web hook is safely stored or its work is done; otherwise answer 500, and Inqud sends it again.',
  needs: ['state', 'fault-commands'],
  when: 'alone',
  run,
};

async function run(laboratory: Laboratory): Promise<RuleVerdict> {
  const result = await faulted(laboratory);
  if (result === undefined) return inconclusive('No kind under test can be told apart.');
  const { script, exchanges, wrong, answered, isUndone } = result;
  const how = HOW[answered];
  if (wrong.length === 0) return pass(`The work was done in the end. ${how}`);
  if (answered === 'on-retry' && isUndone) {
    return skipped(`${how} What became of its retry: see retries/not-done-before-done.`);
  }
  const what =
    answered === 'on-retry'
      ? 'The work failed once, and its retry left another state than work that is done once.'
      : 'The work failed once, and was never done afterwards.';
  return fail(`${what} ${how}`, {
    script,
    exchanges,
    wrong,
    times: undefined,
  });
}
