import { answersTo } from '../../answers.js';
import { answerOf, type Exchange, isLimited, isOk, isStatus } from '../../lab/exchange.js';
import { ONLY_LIMITED } from '../../lab/standing.js';
import type { Laboratory } from '../../laboratory.js';
import type { KindUnderTest } from '../../profile.js';
import { fail, inconclusive, pass, type Rule, type RuleVerdict, SOURCES } from '../../rule.js';
import {
  BYTE_FORMS,
  type ByteForm,
  type DeliveryVariant,
  deliver,
  type ScriptStep,
  scriptOf,
} from '../../script.js';
import { meantKinds } from '../kinds.js';
import { eventsBefore } from './events-before.js';
import { answersToForgeries, isRefused } from './forgeries.js';

export const signatureRawBytes: Rule = {
  id: 'signature/raw-bytes',
  severity: 'must',
  title: 'The digest is checked over the bytes that came',
  source: SOURCES.verification,
  advice:
    'Check the digest over the raw body, before parsing it: parsing and writing JSON again changes bytes.',
  needs: [],
  when: 'side-by-side',
  run,
};

/** These come in a field that no schema has: a receiver that refuses the field alone is no witness. */
const IN_A_NEW_FIELD: readonly ByteForm[] = ['non-ascii', 'duplicate-keys'];
const IN_PIECES = { bytes: 'non-ascii', pieces: 'cut-in-character' } as const;
const NEW_FIELD: DeliveryVariant = { set: ['inqudHookNote=note'] };

async function run(laboratory: Laboratory): Promise<RuleVerdict> {
  const [kind] = meantKinds(laboratory);
  if (kind === undefined) return inconclusive('No valid web hook is answered 200.');
  const before = await eventsBefore(laboratory);
  const take = (variant: DeliveryVariant) => taken(laboratory, kind, before, variant);
  const [isNewFieldTaken, inPieces, ...answers] = await Promise.all([
    take(NEW_FIELD).then((last) => isOk(last.outcome)),
    take(IN_PIECES),
    ...BYTE_FORMS.map(async (bytes) => ({ bytes, last: await take({ bytes }) })),
  ]);
  const told = answers.filter(({ bytes }) => isNewFieldTaken || !IN_A_NEW_FIELD.includes(bytes));
  const forged = (await answersToForgeries(laboratory)).made.map(({ exchange }) => exchange);
  const all = told.filter(({ last }) => !isOk(last.outcome));
  const refused = all.filter(({ last }) => isLikeForged(last, forged));
  if (refused.some(({ last }) => isLimited(last))) {
    return inconclusive(ONLY_LIMITED);
  }
  if (refused.length === 0) {
    const letters = told.find(({ bytes }) => bytes === IN_PIECES.bytes);
    if (letters !== undefined && all.includes(letters)) return refusedForItsLetters(letters.last);
    if (letters !== undefined && !isOk(inPieces.outcome)) return refusedInPieces(inPieces);
    const accepted = told.filter((one) => !all.includes(one)).map(({ bytes }) => bytes);
    const others = all.map(({ bytes, last }) => `${bytes} (${answerOf(last)})`);
    const why = 'Refused, and not as a wrong digest is';
    return pass(
      [
        `Accepted: ${accepted.join(', ')}.`,
        ...(others.length > 0 ? [`${why}: ${others.join(', ')}.`] : []),
      ].join(' '),
    );
  }
  const forms = refused.map(({ bytes, last }) => `${bytes} (${answerOf(last)})`).join(', ');
  return fail(`Genuine web hooks are refused when their JSON is written otherwise: ${forms}.`);
}

function refusedForItsLetters(last: Pick<Exchange, 'outcome'>): RuleVerdict {
  return fail(
    `A genuine web hook with letters beyond ASCII is not taken (${answerOf(last)}).`,
    undefined,
    'Take the body as bytes for the digest, and as UTF-8 for its JSON: names and descriptions have such letters.',
  );
}

/** The same text was taken in one piece. */
function refusedInPieces(last: Pick<Exchange, 'outcome'>): RuleVerdict {
  if (isLimited(last)) return inconclusive(ONLY_LIMITED);
  return fail(
    `A genuine web hook whose body comes in two pieces, cut inside a character, is not taken (${answerOf(last)}); in one piece it is.`,
    undefined,
    'Collect the pieces of the body as bytes, and decode them once when all are there: a text that grows piece by piece breaks a character that lies in two of them.',
  );
}

/** A body that is refused in another way than a wrong digest is not refused for its digest. */
function isLikeForged(
  { outcome }: Pick<Exchange, 'outcome'>,
  forged: readonly Exchange[],
): boolean {
  if (outcome.kind !== 'responded') return true;
  const refusals = forged.filter(isRefused);
  return refusals.length === 0 || refusals.some((one) => isStatus(one.outcome, outcome.status));
}

async function taken(
  laboratory: Laboratory,
  { name, main: { end } }: KindUnderTest,
  before: readonly ScriptStep[],
  variant: DeliveryVariant,
): Promise<Pick<Exchange, 'outcome'>> {
  const script = scriptOf({ kind: name, end }, [...before, deliver(end, 0, variant)]);
  const { execution } = await answersTo(laboratory, script);
  const last = execution.exchanges.filter(({ step }) => step === before.length).at(-1);
  return last ?? { outcome: { kind: 'cancelled' } };
}
