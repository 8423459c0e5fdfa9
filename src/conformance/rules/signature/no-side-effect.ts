import type { Case } from '../../confirm.js';
import { judge } from '../../judge.js';
import { FORGERIES } from '../../lab/forge.js';
import type { Laboratory } from '../../laboratory.js';
import { inconclusive, type Rule, type RuleVerdict, SOURCES } from '../../rule.js';
import { deliver } from '../../script.js';
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
  const [kind] = seenKinds(laboratory);
  const answers = await answersToForgeries(laboratory);
  const refused = FORGERIES.filter((forgery) => {
    const exchange = answers.get(forgery);
    return exchange !== undefined && isRefused(exchange);
  });
  if (kind === undefined || refused.length === 0) {
    return inconclusive('No forged web hook is refused, so none can be refused without a trace.');
  }
  const { events, end } = kind.main;
  const cases = refused.flatMap((forge): readonly Case[] => {
    const forged = deliver(end, 0, { forge });
    return [
      sameCase(kind, kind.main, [forged]),
      sameCase(kind, kind.main, [...inTurn(events.slice(0, -1)), forged]),
    ];
  });
  return judge(laboratory, cases, 'A web hook that was refused changed the state all the same.');
}
