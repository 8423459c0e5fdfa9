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
  const { script, exchanges, wrong, answered } = result;
  const how = HOW[answered];
  if (wrong.length === 0) return pass(`The work was done in the end. ${how}`);
  if (answered === 'on-retry') {
    return skipped(`${how} What became of its retry: see retries/not-done-before-done.`);
  }
  return fail(`The work failed once, and was never done afterwards. ${how}`, {
    script,
    exchanges,
    wrong,
    times: undefined,
  });
}
