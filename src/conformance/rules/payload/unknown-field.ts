import type { Laboratory } from '../../laboratory.js';
import { type Rule, type RuleVerdict, SOURCES } from '../../rule.js';
import { judgeChangedBodies } from './changed-bodies.js';

const NEW_FIELDS = [
  'inqudHookNewField={"note":"a field of tomorrow","amount":1}',
  'inqudHookFlag=true',
];

export const payloadUnknownField: Rule = {
  id: 'payload/unknown-field',
  severity: 'should',
  title: 'A field that is not known yet does no harm',
  source: SOURCES.webHooks,
  advice: 'Ignore fields you do not know: Inqud may add some.',
  needs: [],
  when: 'side-by-side',
  run,
};

function run(laboratory: Laboratory): Promise<RuleVerdict> {
  const what = 'A web hook with a field that is not known yet is not taken as it should be.';
  return judgeChangedBodies(laboratory, () => ({ set: NEW_FIELDS }), what);
}
