import { DIGEST_HEADER } from '../../../webhook/scheme.js';
import { answersTo } from '../../answers.js';
import { answerOf } from '../../lab/exchange.js';
import type { Laboratory } from '../../laboratory.js';
import { fail, inconclusive, pass, type Rule, type RuleVerdict, SOURCES } from '../../rule.js';
import { deliver, scriptOf } from '../../script.js';
import { meantKinds } from '../kinds.js';
import { eventsBefore } from './events-before.js';

export const signatureHeaderCase: Rule = {
  id: 'signature/header-case',
  severity: 'must',
  title: 'The name of the digest header is read in any case',
  source: SOURCES.webHooks,
  advice: 'Header names have no case: look the digest up without regard to it.',
  needs: [],
  when: 'side-by-side',
  run,
};

async function run(laboratory: Laboratory): Promise<RuleVerdict> {
  const [kind] = meantKinds(laboratory);
  if (kind === undefined) return inconclusive('No valid web hook is answered 200.');
  const before = await eventsBefore(laboratory);
  for (const header of [DIGEST_HEADER.toLowerCase(), DIGEST_HEADER.toUpperCase()]) {
    const { end } = kind.main;
    const steps = [...before, deliver(end, 0, { header })];
    const script = scriptOf({ kind: kind.name, end }, steps);
    const { refused } = await answersTo(laboratory, script);
    if (refused !== undefined) return fail(`${header} is refused: ${answerOf(refused)}.`);
  }
  return pass('Lower case and upper case are accepted.');
}
