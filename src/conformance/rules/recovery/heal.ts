import { isOk } from '../../lab/lab.js';
import type { Laboratory, TruthServer } from '../../laboratory.js';
import { fail, inconclusive, pass, type Verdict } from '../../rule.js';
import { settleAs } from '../../state/settle.js';
import { inTurn, scriptFor, seenKinds } from '../kinds.js';
import { decidesNothingElse } from '../payload/decides.js';

/** The last event of a life never comes; the API knows it. The receiver has time to ask. */
export async function heal(laboratory: Laboratory, truth: TruthServer): Promise<Verdict> {
  const { lab, oracle, settings } = laboratory;
  const kinds = seenKinds(laboratory).filter(
    ({ main, profile }) => main.events.length > 1 && profile.deciding.length > 0,
  );
  const [kind] = kinds;
  if (kind === undefined) return inconclusive('No kind under test can be told apart.');
  const { events } = kind.main;
  const script = scriptFor(kind, kind.main, inTurn(events.slice(0, -1)));
  const execution = await lab.execute(script);
  const [subject] = execution.subjects;
  if (subject === undefined || !execution.exchanges.some(({ outcome }) => isOk(outcome))) {
    return inconclusive('The web hooks before the lost one were not answered 200.');
  }
  truth.publish(kind.name, lab.body(subject, kind.main.end));
  const settled = await settleAs(
    lab,
    oracle,
    execution,
    ([leaves]) => leaves !== undefined && decidesNothingElse(kind, leaves),
    settings.healWithinMs,
  );
  if (settled.isAsExpected) return pass('A lost final status was asked for, and counts.');
  const seconds = Math.round(settings.healWithinMs / 1_000);
  return fail(`A lost ${kind.name}.${kind.main.end} is not known ${seconds} s later.`, {
    script,
    exchanges: execution.exchanges,
    wrong: [],
    times: undefined,
  });
}
