import type { Laboratory } from '../../laboratory.js';
import { type Rule, SOURCES, type Verdict } from '../../rule.js';
import { judgeChangedBodies } from './changed-bodies.js';

const PADDING = 'x'.repeat(60_000);

export const payloadLargeBody: Rule = {
  id: 'payload/large-body',
  severity: 'should',
  title: 'A large body is taken',
  source: SOURCES.webHooks,
  advice: 'Allow bodies of at least 100 KB.',
  needs: [],
  when: 'side-by-side',
  run,
};

function run(laboratory: Laboratory): Promise<Verdict> {
  const what = 'A web hook of 60 KB is not taken.';
  return judgeChangedBodies(laboratory, () => ({ set: [`inqudHookPadding=${PADDING}`] }), what);
}
