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

export const retriesNotDoneBeforeDone: Rule = {
  id: 'retries/not-done-before-done',
  severity: 'must',
  title: 'Nothing is marked as done before it is done',
  source: SOURCES.webHooks,
  advice:
    'Mark a web hook as done in the same transaction as its work: a mark that is set first makes the retry look like a duplicate.',
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
  if (answered !== 'on-retry' || !isUndone)
    return skipped(`${how} See retries/failed-work-redone.`);
  const what =
    'The work failed, the web hook was refused, and its retry was answered 200 and left nothing.';
  return fail(what, { script, exchanges, wrong, times: undefined });
}
