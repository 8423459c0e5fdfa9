import type { Laboratory } from '../../laboratory.js';
import { fail, inconclusive, pass, type Rule, type RuleVerdict, SOURCES } from '../../rule.js';
import { answersToForgeries, isAccepted } from './forgeries.js';

/**
 * A receiver that takes whatever comes as a nudge, and believes Inqud's API alone, loses nothing to a
 * forgery. It can be made to ask as often as anybody likes: a should.
 */
export const signatureNudgesSigned: Rule = {
  id: 'signature/nudges-signed',
  severity: 'should',
  title: 'What only makes the receiver ask the API is signed as well',
  source: SOURCES.verification,
  advice:
    'Check the digest before asking the API: otherwise anybody can have it asked as often as they like.',
  needs: ['mock-api'],
  when: 'side-by-side',
  run,
};

async function run(laboratory: Laboratory): Promise<RuleVerdict> {
  const answers = await answersToForgeries(laboratory);
  if (answers.made.length === 0) return inconclusive('No valid web hook is answered 200.');
  const taken = answers.made.filter(({ exchange }) => isAccepted(exchange)).length;
  if (!answers.areNudges || taken === 0) return pass('No forged web hook is taken for a nudge.');
  return fail(
    `${taken} of ${answers.made.length} forged web hooks are answered 200, and change nothing but what the API says.`,
  );
}
