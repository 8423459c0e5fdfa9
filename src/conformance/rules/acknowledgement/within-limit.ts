import type { Laboratory } from '../../laboratory.js';
import { fail, inconclusive, pass, type Rule, SOURCES, type Verdict } from '../../rule.js';
import { spread } from './spread.js';

export const acknowledgementWithinLimit: Rule = {
  id: 'acknowledgement/within-limit',
  severity: 'must',
  title: 'Every web hook is answered within 10 s',
  source: SOURCES.webHooks,
  advice:
    'Store the web hook, answer 200, do the work later: after 10 s Inqud takes it as not delivered.',
  needs: [],
  when: 'last',
  run,
};

function run({ lab }: Laboratory): Promise<Verdict> {
  const genuine = lab.log.filter(({ delivery }) => delivery.variant?.forge === undefined);
  const late = genuine.filter(({ outcome }) => outcome.kind === 'timed-out').length;
  if (late > 0) {
    const what = `${late} of ${genuine.length} web hooks were not answered in time.`;
    return Promise.resolve(fail(what));
  }
  const times = spread(genuine);
  if (times === undefined) return Promise.resolve(inconclusive('No web hook was answered.'));
  return Promise.resolve(pass(times.text));
}
