import type { Laboratory } from '../../laboratory.js';
import { fail, inconclusive, pass, type Rule, type RuleVerdict, SOURCES } from '../../rule.js';
import { faulted } from './faulted.js';

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
  const { script, exchanges, wrong, acknowledged } = result;
  const how = acknowledged ? 'It was answered 200 while its work failed.' : 'It was refused first.';
  if (wrong.length === 0) return pass(`The work was done in the end. ${how}`);

  return fail(`The work failed once, and was never done afterwards. ${how}`, {
    script,
    exchanges,
    wrong,
    times: undefined,
  });
}
