import type { Laboratory } from '../../laboratory.js';
import { type Rule, type RuleVerdict, SOURCES } from '../../rule.js';
import { judgeChangedBodies } from './changed-bodies.js';

/** More than a packet of the loopback holds, and less than the 100 kB that frameworks take by default. */
const PADDING = 'x'.repeat(90_000);

export const payloadLargeBody: Rule = {
  id: 'payload/large-body',
  severity: 'should',
  title: 'A large body is taken',
  source: SOURCES.webHooks,
  advice: 'Allow bodies of at least 100 kB, and read them to their end: they come in pieces.',
  needs: [],
  when: 'side-by-side',
  run,
};

function run(laboratory: Laboratory): Promise<RuleVerdict> {
  const what = 'A web hook of 90 kB is not taken.';
  return judgeChangedBodies(laboratory, () => ({ set: [`inqudHookPadding=${PADDING}`] }), what);
}
