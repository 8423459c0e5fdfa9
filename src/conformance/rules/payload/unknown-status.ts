import { answersTo } from '../../answers.js';
import type { Case } from '../../confirm.js';
import { judge } from '../../judge.js';
import { answerOf, type Execution } from '../../lab/exchange.js';
import type { Laboratory } from '../../laboratory.js';
import type { KindLife, KindUnderTest, SeenKind } from '../../profile.js';
import { fail, inconclusive, pass, type Rule, type RuleVerdict, SOURCES } from '../../rule.js';
import { deliver } from '../../script.js';
import type { Leaves } from '../../state/leaves.js';
import { settle } from '../../state/settle.js';
import { inTurn, meantKinds, scriptFor, seenKinds } from '../kinds.js';
import { saysTheSame, stillSays } from './decides.js';

const UNKNOWN = 'INQUD_HOOK_UNKNOWN';

export const payloadUnknownStatus: Rule = {
  id: 'payload/unknown-status',
  severity: 'should',
  title: 'A status that is not known yet is answered 200 and means nothing',
  source: SOURCES.webHooks,
  advice:
    'Answer 200 to a status you do not know, and change nothing: never let an unknown status fall through to a known one.',
  needs: [],
  passNeedsState: true,
  when: 'alone',
  run,
};

async function run(laboratory: Laboratory): Promise<RuleVerdict> {
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
): Promise<RuleVerdict | undefined> {
  const { events, end } = kind.main;
  const set = unknownIn(kind);
  const steps = [...inTurn(events.slice(0, -1)), deliver(end, 0, { set })];
  const script = scriptFor(kind, kind.main, steps);
  const { execution, refused } = await answersTo(laboratory, script);
  const story = { script, exchanges: execution.exchanges, wrong: [], times: undefined };
  if (refused !== undefined) {
    return fail(`${kind.name} with an unknown status is ${answerOf(refused)}.`, story);
  }
  const { profile } = kind;
  if (profile === undefined) return undefined;
  const seen = { ...kind, profile };
  const taken = await takenFor(laboratory, seen, execution);
  if (taken === undefined) return undefined;
  const again = await laboratory.gate.alone(async () =>
    takenFor(laboratory, seen, await laboratory.lab.execute(script)),
  );
  const { life, known, words } = taken;
  if (again?.words !== words || !(await stillSays(laboratory, seen, life, known))) return undefined;
  return fail(`${kind.name} with an unknown status is recorded as ${words}.`, story);
}

/** A known end of a life, and the state it leaves. */
interface KnownEnd {
  readonly words: string;
  readonly life: KindLife;
  readonly known: Leaves;
}

/** The known end that the state speaks of, if it is not what it was before. */
async function takenFor(
  laboratory: Laboratory,
  { profile, main, contrast }: SeenKind,
  execution: Execution,
): Promise<KnownEnd | undefined> {
  const { lab, oracle } = laboratory;
  const window = { quietMs: oracle.quietMs, longestMs: oracle.judgedAfterMs };
  const { states } = await settle(lab, oracle, execution, window);
  const says = (known: Leaves) => saysTheSame(laboratory, profile, known, states[0] ?? new Map());
  if (says(profile.between)) return undefined;
  const ends: readonly KnownEnd[] = [
    { words: 'a success', life: main, known: profile.main },
    { words: 'a failure', life: contrast, known: profile.contrast },
  ];
  return ends.find(({ known }) => says(known));
}

/** A receiver that breaks of the status, behind its answer, loses what comes later. */
async function judgeWhatFollows(laboratory: Laboratory): Promise<RuleVerdict> {
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
