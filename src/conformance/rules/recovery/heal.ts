import { unanswered } from '../../lab/exchange.js';
import type { Laboratory, TruthServer } from '../../laboratory.js';
import type { SeenKind } from '../../profile.js';
import { fail, inconclusive, pass, type RuleVerdict, type Story } from '../../rule.js';
import type { Script } from '../../script.js';
import { settleAs } from '../../state/settle.js';
import { inTurn, scriptFor, seenKinds } from '../kinds.js';
import { decidesNothingElse } from '../payload/decides.js';

/** A life of which the end never came. */
interface Loss {
  readonly kind: SeenKind;
  readonly script: Script;
}

interface HealReading extends Loss {
  readonly healed: boolean;
  readonly asked: boolean;
  readonly story: Story;
}

/** The last events of lives never come; the API knows them. The receiver has time to ask. */
export async function heal(laboratory: Laboratory, truth: TruthServer): Promise<RuleVerdict> {
  const kinds = seenKinds(laboratory).filter(
    ({ name, main, profile }) =>
      truth.kinds.includes(name) && main.events.length > 1 && profile.deciding.length > 0,
  );
  if (kinds.length === 0) {
    return inconclusive('No kind under test has a path in the API and can be told apart.');
  }
  const losses = await Promise.all(
    kinds.flatMap(lossesOf).map((loss) => suffer(laboratory, truth, loss)),
  );
  const found = losses.filter((loss) => loss !== undefined);
  if (found.length === 0) {
    return inconclusive('The web hooks before the lost ones were not answered 200.');
  }
  return verdictOn(found, Math.round(laboratory.settings.healWithinMs / 1_000));
}

/** Only the last event is lost, or all but the first. */
function lossesOf(kind: SeenKind): readonly Loss[] {
  const { events } = kind.main;
  const kept = new Set([events.length - 1, 1]);
  return [...kept].map((count) => ({
    kind,
    script: scriptFor(kind, kind.main, inTurn(events.slice(0, count))),
  }));
}

async function suffer(
  laboratory: Laboratory,
  truth: TruthServer,
  { kind, script }: Loss,
): Promise<HealReading | undefined> {
  const { lab, oracle, settings } = laboratory;
  const execution = await lab.execute(script);
  const [subject] = execution.subjects;
  const { exchanges } = execution;
  if (subject === undefined || unanswered(exchanges).length > 0) return undefined;
  truth.publish(kind.name, lab.body(subject, kind.main.end));
  const { states, isAsExpected } = await settleAs(
    lab,
    oracle,
    execution,
    ([leaves]) => leaves !== undefined && decidesNothingElse(laboratory, kind.profile, leaves),
    settings.healWithinMs,
  );
  const differences = kind.profile.deciding.flatMap((path) => {
    const [expected] = kind.profile.main.get(path) ?? [];
    const [actual] = states[0]?.get(path) ?? [];
    return expected === actual ? [] : [{ path, expected, actual }];
  });
  const story = { script, exchanges, wrong: [{ resource: 0, differences }], times: undefined };
  const asked = truth.wasAskedFor(subject.probe.id);
  return { kind, script, healed: isAsExpected, asked, story };
}

/** A receiver that asks about some kinds and never about another may not need that one. */
function verdictOn(found: readonly HealReading[], seconds: number): RuleVerdict {
  const healed = found.filter((one) => one.healed);
  const lost = found.filter((one) => !one.healed && (healed.length === 0 || one.asked));
  const [first] = lost;
  if (first !== undefined) {
    const { name, main } = first.kind;
    const asked = first.asked ? 'though the API was asked' : 'and the API was never asked';
    return fail(
      `A lost ${name}.${main.end} is not known ${seconds} s later, ${asked}.`,
      first.story,
    );
  }
  const left = namesOf(found.filter((one) => !one.healed));
  const told = `What was lost was asked for, and counts: ${namesOf(healed)}.`;
  return pass(left === '' ? told : `${told} Never asked about: ${left}.`);
}

function namesOf(found: readonly HealReading[]): string {
  return [...new Set(found.map(({ kind }) => kind.name))].join(', ');
}
