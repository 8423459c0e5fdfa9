import type { Case } from '../../confirm.js';
import { judge } from '../../judge.js';
import { endOf } from '../../lab/exchange.js';
import type { Laboratory } from '../../laboratory.js';
import type { KindUnderTest } from '../../profile.js';
import { fail, inconclusive, pass, type Rule, type RuleVerdict, SOURCES } from '../../rule.js';
import { deliver } from '../../script.js';
import { inTurn, meantKinds, scriptFor, seenKinds } from '../kinds.js';
import { saysTheSame } from './decides.js';
import { recordedAs, unknownIn } from './unknown-statuses.js';

export const payloadUnknownStatus: Rule = {
  id: 'payload/unknown-status',
  severity: 'should',
  title: 'A status that is not known yet is answered 200 and means nothing',
  source: SOURCES.webHooks,
  advice:
    'Answer 200 to a status you do not know, and change nothing: never let an unknown status fall through to a known one.',
  needs: [],
  passNeedsState: true,
  when: 'late',
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
  const { execution, refused, isRecorded } = await recordedAs(
    laboratory,
    kind,
    ({ contrast, profile }) => ({ life: contrast, known: profile.contrast }),
    ({ profile }, state) =>
      !saysTheSame(laboratory, profile, profile.between, state) &&
      saysTheSame(laboratory, profile, profile.contrast, state),
  );
  const { script, exchanges } = execution;
  const story = { script, exchanges, wrong: [], times: undefined };
  if (refused !== undefined) {
    return fail(`${kind.name} with an unknown status is ${endOf(refused, exchanges)}.`, story);
  }
  if (!isRecorded) return undefined;
  return fail(`${kind.name} with an unknown status is recorded as a failure.`, story);
}

/** A receiver that breaks of the status, behind its answer, loses what comes later. */
async function judgeWhatFollows(laboratory: Laboratory): Promise<RuleVerdict> {
  const cases = seenKinds(laboratory).flatMap((kind): readonly Case[] => {
    const { events } = kind.main;
    const last = events.slice(-1);
    const [replaced] = events.slice(-2, -1);
    if (replaced === undefined) return [];
    const before = events.slice(0, -2);
    const unknown = deliver(replaced, 0, { set: unknownIn(laboratory, kind, replaced) });
    const steps = [...inTurn(before), unknown, ...inTurn(last)];
    const script = scriptFor(kind, kind.main, steps);
    return [{ script, measure: { kind: 'decided', events } }];
  });
  const what = 'Once an unknown status has come, what comes later is lost.';
  const verdict = cases.length === 0 ? undefined : await judge(laboratory, cases, what);
  if (verdict !== undefined && verdict.status !== 'pass') return verdict;
  return pass('Answered 200, and recorded as no known status.');
}
