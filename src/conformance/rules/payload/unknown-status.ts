import { answersTo } from '../../answers.js';
import { answerOf } from '../../lab/exchange.js';
import type { Laboratory } from '../../laboratory.js';
import type { KindUnderTest, Profile } from '../../profile.js';
import { fail, inconclusive, pass, type Rule, SOURCES, type Verdict } from '../../rule.js';
import { deliver } from '../../script.js';
import { single } from '../../state/difference.js';
import type { Leaves } from '../../state/leaves.js';
import { settle } from '../../state/settle.js';
import { inTurn, meantKinds, scriptFor } from '../kinds.js';

const UNKNOWN = 'INQUD_HOOK_UNKNOWN';

export const payloadUnknownStatus: Rule = {
  id: 'payload/unknown-status',
  severity: 'should',
  title: 'A status that is not known yet is answered 200 and means nothing',
  source: SOURCES.webHooks,
  advice:
    'Answer 200 to a status you do not know, and change nothing: never let an unknown status fall through to a known one.',
  needs: [],
  when: 'side-by-side',
  run,
};

async function run(laboratory: Laboratory): Promise<Verdict> {
  const kinds = meantKinds(laboratory);
  if (kinds.length === 0) return inconclusive('No valid web hook is answered 200.');
  const verdicts = await Promise.all(kinds.map((kind) => judgeKind(laboratory, kind)));
  const failure = verdicts.find((verdict) => verdict !== undefined);
  return failure ?? pass('Answered 200, and recorded as no known status.');
}

async function judgeKind(
  laboratory: Laboratory,
  kind: KindUnderTest,
): Promise<Verdict | undefined> {
  const { lab, oracle } = laboratory;
  const { events, end } = kind.main;
  const set = [`${kind.kind.statusField}=${UNKNOWN}`];
  const steps = [...inTurn(events.slice(0, -1)), deliver(end, 0, { set })];
  const script = scriptFor(kind, kind.main, steps);
  const { execution, refused } = await answersTo(laboratory, script);
  const story = { script, exchanges: execution.exchanges, wrong: [], times: undefined };
  if (refused !== undefined) {
    return fail(`${kind.name} with an unknown status is ${answerOf(refused)}.`, story);
  }
  if (kind.profile === undefined) return undefined;
  const window = { quietMs: oracle.quietMs, longestMs: oracle.judgedAfterMs };
  const { states } = await settle(lab, oracle, execution, window);
  const taken = takenFor(kind.profile, states[0] ?? new Map());
  if (taken === undefined) return undefined;
  return fail(`${kind.name} with an unknown status is recorded as ${taken}.`, story);
}

/** The known end whose deciding fields the state has, if it is not what it was before. */
function takenFor(
  { deciding, main, contrast, between }: Profile,
  state: Leaves,
): string | undefined {
  const says = (leaves: Leaves) =>
    deciding.length > 0 && deciding.every((path) => single(leaves, path) === single(state, path));
  if (says(between)) return undefined;
  if (says(main)) return 'a success';
  return says(contrast) ? 'a failure' : undefined;
}
