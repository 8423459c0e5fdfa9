import type { Laboratory } from '../../laboratory.js';
import { fail, inconclusive, pass, type Rule, type RuleVerdict, SOURCES } from '../../rule.js';
import { faulted } from './faulted.js';

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
  const { script, exchanges, wrong, acknowledged } = result;
  const how = acknowledged ? 'It was answered 200 while its work failed.' : 'It was refused first.';
  if (wrong.length === 0) return pass(`The work was done in the end. ${how}`);
  if (acknowledged)
    return pass('It was answered 200 while its work failed: see retries/failed-work-redone.');
  return fail(
    `The work failed, the web hook was refused, and its retry was taken for a duplicate. ${how}`,
    { script, exchanges, wrong, times: undefined },
  );
}
