import type { Status } from '../../../webhook/catalogue.js';
import { answersTo } from '../../answers.js';
import { answerOf, unanswered } from '../../lab/exchange.js';
import type { Laboratory } from '../../laboratory.js';
import { type KindLife, type KindUnderTest, lifeOf } from '../../profile.js';
import { fail, inconclusive, pass, type Rule, type RuleVerdict, SOURCES } from '../../rule.js';
import type { Leaves } from '../../state/leaves.js';
import { inTurn, meantKinds, scriptFor } from '../kinds.js';
import { saysTheSame, stillSays } from './decides.js';
import { meantThoughSkipped } from './meant-though-skipped.js';

export const payloadFullLifecycles: Rule = {
  id: 'payload/full-lifecycles',
  severity: 'must',
  title: 'Every way a life can go is taken',
  source: SOURCES.webHooks,
  advice: 'Answer 200 to every status of the kinds you use, and let only a success count as one.',
  needs: [],
  when: 'side-by-side',
  run,
};

async function run(laboratory: Laboratory): Promise<RuleVerdict> {
  const kinds = meantKinds(laboratory);
  const partly = takenInPart(laboratory);
  if (partly !== undefined) return partly;
  const lives = kinds.flatMap((kind) =>
    kind.kind.statuses.map((status) => ({ kind, life: lifeOf(kind.kind, status), status })),
  );
  if (lives.length === 0) return inconclusive('No valid web hook is answered 200.');
  const verdicts = await Promise.all(lives.map((one) => judgeLife(laboratory, one)));
  const failure = verdicts.find((verdict) => verdict !== undefined);
  if (failure !== undefined) return failure;
  return pass(`${lives.length} lives were answered 200 throughout.`);
}

/** A kind of which some web hooks are answered 200 and others break the receiver. */
function takenInPart(laboratory: Laboratory): RuleVerdict | undefined {
  for (const { kind, takenInPart: isPart } of meantThoughSkipped(laboratory)) {
    const execution = laboratory.offers.get(kind);
    const [broken] = unanswered(execution?.exchanges ?? []);
    if (!isPart || execution === undefined || broken === undefined) continue;
    const { script, exchanges } = execution;
    const what = `${kind}.${broken.delivery.event} is ${answerOf(broken)}, while others are answered 200.`;
    return fail(what, { script, exchanges, wrong: [], times: undefined });
  }
  return undefined;
}

interface KnownLife {
  readonly kind: KindUnderTest;
  readonly life: KindLife;
  readonly status: Status;
}

async function judgeLife(
  laboratory: Laboratory,
  { kind, life, status }: KnownLife,
): Promise<RuleVerdict | undefined> {
  const script = scriptFor(kind, life, inTurn(life.events));
  const { execution, refused } = await answersTo(laboratory, script);
  const story = { script, exchanges: execution.exchanges, wrong: [], times: undefined };
  if (refused !== undefined) {
    return fail(`${kind.name}.${refused.delivery.event} is ${answerOf(refused)}.`, story);
  }
  const { profile } = kind;
  if (status.outcome !== 'failure' || profile === undefined) return undefined;
  const isTold = (leaves: Leaves) => saysTheSame(laboratory, profile, profile.main, leaves);
  const [state = new Map()] = await laboratory.references.ofScript(script);
  if (isTold(profile.contrast) || !isTold(state)) return undefined;
  for (const again of [life, kind.main]) {
    if (!(await stillSays(laboratory, { ...kind, profile }, again, profile.main))) return undefined;
  }
  return fail(`${kind.name}.${life.end} is recorded as ${kind.name}.${kind.main.end} is.`, story);
}
