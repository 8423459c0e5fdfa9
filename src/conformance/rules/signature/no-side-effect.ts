import type { Case } from '../../confirm.js';
import { judge } from '../../judge.js';
import type { Laboratory } from '../../laboratory.js';
import { inconclusive, type Rule, type RuleVerdict, SOURCES, skipped } from '../../rule.js';
import { deliver } from '../../script.js';
import { isOfAnswers } from '../../swallowed.js';
import { inTurn, sameCase, seenKinds } from '../kinds.js';
import { answersToForgeries, isRefused } from './forgeries.js';

export const signatureNoSideEffect: Rule = {
  id: 'signature/no-side-effect',
  severity: 'must',
  title: 'What is refused leaves no trace',
  source: SOURCES.verification,
  advice: 'Check the digest before anything is stored or done.',
  needs: ['state'],
  when: 'side-by-side',
  run,
};

async function run(laboratory: Laboratory): Promise<RuleVerdict> {
  const { made } = await answersToForgeries(laboratory);
  const cases = seenKinds(laboratory).flatMap((kind): readonly Case[] => {
    const forged = made
      .filter((one) => one.kind.name === kind.name && isRefused(one.exchange))
      .map(({ forgery }) => deliver(kind.main.end, 0, { forge: forgery }));
    if (forged.length === 0) return [];
    const before = inTurn(kind.main.events.slice(0, -1));
    return [sameCase(kind, kind.main, forged), sameCase(kind, kind.main, [...before, ...forged])];
  });
  if (cases.length === 0) {
    return inconclusive('No forged web hook is refused, so none can be refused without a trace.');
  }
  const verdict = await judge(
    laboratory,
    cases,
    'A web hook that was refused changed the state all the same.',
  );
  return isOfAnswers(verdict) ? skipped('A genuine web hook of it was refused, or lost.') : verdict;
}
