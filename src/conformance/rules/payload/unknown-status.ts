import { answersTo } from '../../answers.js';
import type { Case } from '../../confirm.js';
import { judge } from '../../judge.js';
import { answerOf, type Execution } from '../../lab/exchange.js';
import type { Laboratory } from '../../laboratory.js';
import type { KindUnderTest } from '../../profile.js';
import { fail, inconclusive, pass, type Rule, SOURCES, type Verdict } from '../../rule.js';
import { deliver } from '../../script.js';
import type { Leaves } from '../../state/leaves.js';
import { settle } from '../../state/settle.js';
import { inTurn, meantKinds, scriptFor, seenKinds } from '../kinds.js';
import { saysTheSame, stillSays } from './decides.js';

const UNKNOWN = 'INQUD_HOOK_UNKNOWN';
const SUCCESS = 'a success';
const FAILURE = 'a failure';

export const payloadUnknownStatus: Rule = {
  id: 'payload/unknown-status',
  severity: 'should',
  title: 'A status that is not known yet is answered 200 and means nothing',
  source: SOURCES.webHooks,
  advice:
    'Answer 200 to a status you do not know, and change nothing: never let an unknown status fall through to a known one.',
  needs: [],
  when: 'alone',
  run,
};

async function run(laboratory: Laboratory): Promise<Verdict> {
  const kinds = meantKinds(laboratory);
  if (kinds.length === 0) return inconclusive('No valid web hook is answered 200.');
  const [following, ...verdicts] = await Promise.all([
    judgeWhatFollows(laboratory),
    ...kinds.map((kind) => judgeKind(laboratory, kind)),
  ]);
  return verdicts.find((verdict) => verdict !== undefined) ?? following;
}

async function judgeKind(
  laboratory: Laboratory,
  kind: KindUnderTest,
): Promise<Verdict | undefined> {
  const { events, end } = kind.main;
  const set = unknownIn(kind);
  const steps = [...inTurn(events.slice(0, -1)), deliver(end, 0, { set })];
  const script = scriptFor(kind, kind.main, steps);
  const { execution, refused } = await answersTo(laboratory, script);
  const story = { script, exchanges: execution.exchanges, wrong: [], times: undefined };
  if (refused !== undefined) {
    return fail(`${kind.name} with an unknown status is ${answerOf(refused)}.`, story);
  }
  const taken = await takenFor(laboratory, kind, execution);
  if (taken === undefined) return undefined;
  const again = await laboratory.gate.alone(async () =>
    takenFor(laboratory, kind, await laboratory.lab.execute(script)),
  );
  const life = taken === SUCCESS ? kind.main : kind.contrast;
  const known = taken === SUCCESS ? kind.profile?.main : kind.profile?.contrast;
  if (again !== taken || known === undefined) return undefined;
  if (!(await stillSays(laboratory, kind, life, known))) return undefined;
  return fail(`${kind.name} with an unknown status is recorded as ${taken}.`, story);
}

/** The known end that the state speaks of, if it is not what it was before. */
async function takenFor(
  laboratory: Laboratory,
  { profile }: KindUnderTest,
  execution: Execution,
): Promise<typeof SUCCESS | typeof FAILURE | undefined> {
  if (profile === undefined) return undefined;
  const { lab, oracle } = laboratory;
  const window = { quietMs: oracle.quietMs, longestMs: oracle.judgedAfterMs };
  const { states } = await settle(lab, oracle, execution, window);
  const says = (known: Leaves) => saysTheSame(laboratory, profile, known, states[0] ?? new Map());
  if (says(profile.between)) return undefined;
  if (says(profile.main)) return SUCCESS;
  return says(profile.contrast) ? FAILURE : undefined;
}

/** A receiver that breaks of the status, behind its answer, loses what comes later. */
async function judgeWhatFollows(laboratory: Laboratory): Promise<Verdict> {
  const cases = seenKinds(laboratory).flatMap((kind): readonly Case[] => {
    const { events } = kind.main;
    const last = events.slice(-1);
    const [replaced] = events.slice(-2, -1);
    if (replaced === undefined) return [];
    const before = events.slice(0, -2);
    const unknown = deliver(replaced, 0, { set: unknownIn(kind) });
    const steps = [...inTurn(before), unknown, ...inTurn(last)];
    const script = scriptFor(kind, kind.main, steps);
    return [{ script, measure: { kind: 'decided', events } }];
  });
  const what = 'Once an unknown status has come, what comes later is lost.';
  const verdict = cases.length === 0 ? undefined : await judge(laboratory, cases, what);
  if (verdict !== undefined && verdict.status !== 'pass') return verdict;
  return pass('Answered 200, and recorded as no known status.');
}

function unknownIn({ kind }: KindUnderTest): readonly string[] {
  return [`${kind.statusField}=${UNKNOWN}`];
}
