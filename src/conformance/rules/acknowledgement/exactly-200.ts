import { DELIVERED_STATUS } from '../../../webhook/scheme.js';
import type { Laboratory } from '../../laboratory.js';
import { fail, inconclusive, pass, type Rule, type RuleVerdict, SOURCES } from '../../rule.js';

export const acknowledgementExactly200: Rule = {
  id: 'acknowledgement/exactly-200',
  severity: 'must',
  title: 'Every genuine web hook is answered exactly 200',
  source: SOURCES.webHooks,
  advice: 'Answer 200 itself: Inqud retries everything else, also 201, 202, 204 and redirects.',
  needs: [],
  when: 'last',
  tellsFromAnswers: true,
  run,
};

function run({ lab }: Laboratory): Promise<RuleVerdict> {
  const genuine = lab.log.filter(({ delivery }) => delivery.variant === undefined);
  const statuses = genuine.flatMap(({ outcome }) =>
    outcome.kind === 'responded' ? [outcome.status] : [],
  );
  if (statuses.length === 0) return Promise.resolve(inconclusive('No web hook was answered.'));
  const others = statuses.filter((status) => status > 200 && status < 400);
  if (others.length > 0) {
    const shown = [...new Set(others)].join(', ');
    const why = `${others.length} of ${statuses.length} genuine web hooks were answered ${shown}.`;
    return Promise.resolve(
      fail(`${why} Inqud counts only 200 as delivered, and retries the rest.`),
    );
  }
  const count = statuses.filter((status) => status === DELIVERED_STATUS).length;
  if (count === 0) return Promise.resolve(inconclusive('No web hook was answered 200.'));
  return Promise.resolve(pass(`${count} web hooks were answered 200, none with another success.`));
}
