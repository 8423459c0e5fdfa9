import { fullText, NOTHING, parseAmount } from '../../../json/exact-number.js';
import { answerOf, unanswered } from '../../lab/exchange.js';
import type { Laboratory } from '../../laboratory.js';
import { isPaid, type SeenKind } from '../../profile.js';
import {
  fail,
  pass,
  type Rule,
  type RuleVerdict,
  SOURCES,
  type Story,
  skipped,
} from '../../rule.js';
import { seenKinds } from '../kinds.js';
import {
  amountFields,
  amountScripts,
  amountText,
  creditedAmong,
  doubtAmountFields,
  moved,
  placesOf,
  SMALLER,
} from './amount-fields.js';
import { EVERYDAY_SIZES, type EverydayLife, everydayLife, saysAmount } from './everyday-sizes.js';
import { withoutMirrors } from './mirrors.js';
import { isOfMoney, isOfPoints } from './money-names.js';

export const payloadEverydayAmounts: Rule = {
  id: 'payload/everyday-amounts',
  severity: 'must',
  title: 'Amounts of everyday size are kept',
  source: SOURCES.webHooks,
  advice:
    'Keep amounts as decimals, or as whole numbers of the smallest unit: cents of money, millionths of USDT, hundred-millionths of BTC. A 32-bit float or integer, or whole units, lose money.',
  needs: ['state'],
  when: 'late',
  run,
};

const COUNT_ONCE =
  'Look for a success that is handled twice each time: a handler that is registered twice, two listeners of one event, or a sum that adds up more than the payment.';

async function run(laboratory: Laboratory): Promise<RuleVerdict> {
  const verdicts = await Promise.all(
    seenKinds(laboratory).map((kind) => judgeKind(laboratory, kind)),
  );
  const told = verdicts.filter((verdict) => verdict !== undefined);
  const failure = told.find(({ status }) => status === 'fail');
  return failure ?? told[0] ?? skipped('No field of the state says the amount.');
}

/** What fails is judged again by what a quiet receiver says. */
async function judgeKind(laboratory: Laboratory, kind: SeenKind): Promise<RuleVerdict | undefined> {
  const multiplied = await multipliedOf(laboratory, kind);
  if (multiplied !== undefined) return multiplied;
  const lives = EVERYDAY_SIZES.flatMap((size) => everydayLife(laboratory, kind, size) ?? []);
  await laboratory.references.know([...amountScripts(kind), ...lives.map(({ script }) => script)]);
  const fields = await fieldsOf(laboratory, kind);
  if (lives.length === 0 || fields.length === 0) return undefined;
  for (const life of lives) {
    if ((await lostIn(laboratory, fields, life)) === undefined) continue;
    await doubtAmountFields(laboratory, kind);
    await laboratory.references.doubt(life.script);
    const lost = await lostIn(laboratory, await fieldsOf(laboratory, kind), life);
    if (lost !== undefined) return lost;
  }
  return pass(`Kept: ${lives.flatMap(({ amounts }) => amounts).join(', ')}.`);
}

/** A field of the state that says the amount, its point moved so many places to the right. */
interface KeptAmount {
  readonly path: string;
  readonly places: number;
}

/**
 * Where the state says what was credited; where it does not, where it says the amount at all. What
 * it only repeats of the bodies counts where there is nothing else.
 */
async function fieldsOf(laboratory: Laboratory, kind: SeenKind): Promise<readonly KeptAmount[]> {
  const all = (await amountFields(laboratory, kind)).filter(
    (field) => placesOf(field) !== undefined && !isOfPoints(field.path),
  );
  const credited = await creditedAmong(laboratory, kind, all);
  const own = await withoutMirrors(laboratory, kind, credited);
  const [fields = []] = [own, credited, all].filter(({ length }) => length > 0);
  return fields.map((field) => ({ path: field.path, places: placesOf(field) ?? 0 }));
}

/** A success that is handled by two listeners, or by three, counts as often every time. */
const HANDLED = new Map([
  [2, 'twice'],
  [3, 'three times'],
]);

/** An amount that is always credited two or three times, where nothing else says it once. */
async function multipliedOf(
  laboratory: Laboratory,
  kind: SeenKind,
): Promise<RuleVerdict | undefined> {
  if (!isPaid(kind.kind) || (await multipliedField(laboratory, kind)) === undefined)
    return undefined;
  await doubtAmountFields(laboratory, kind);
  const found = await multipliedField(laboratory, kind);
  const [script] = amountScripts(kind);
  if (found === undefined || script === undefined) return undefined;
  const { path, expected, actual, often } = found;
  return fail(
    `An amount of ${SMALLER} is recorded as ${actual}: ${often} what came.`,
    {
      script,
      exchanges: (await laboratory.references.carryOut(script)).exchanges,
      wrong: [{ resource: 0, differences: [{ path, expected, actual }] }],
      times: undefined,
    },
    COUNT_ONCE,
  );
}

async function multipliedField(laboratory: Laboratory, kind: SeenKind) {
  const credited = await creditedAmong(laboratory, kind, await amountFields(laboratory, kind));
  const own = await withoutMirrors(laboratory, kind, credited);
  if (own.some((field) => placesOf(field) !== undefined)) return undefined;
  for (const field of own.filter(({ path }) => isOfMoney(path))) {
    for (const [times, often] of HANDLED) {
      const places = placesOf(field, times);
      if (places === undefined) continue;
      const expected = fullText(moved(parseAmount(SMALLER) ?? NOTHING, places));
      return { path: field.path, expected, actual: fullText(field.smaller), often };
    }
  }
  return undefined;
}

/** The amount is kept where one of the fields says it: others may say it for people to read. */
async function lostIn(
  { references }: Laboratory,
  fields: readonly KeptAmount[],
  { script, amounts }: EverydayLife,
): Promise<RuleVerdict | undefined> {
  const [state = new Map()] = await references.ofScript(script);
  const isKept = ({ path, places }: KeptAmount) =>
    amounts.some((amount) => saysAmount(amountText(state, path), amount, places));
  const [first] = fields;
  if (first === undefined || fields.some(isKept)) return undefined;
  const expected = amounts.join(' or ');
  const differences = fields.map(({ path }) => ({
    path,
    expected,
    actual: amountText(state, path),
  }));
  const story: Story = {
    script,
    exchanges: [],
    wrong: [{ resource: 0, differences }],
    times: undefined,
  };
  const [refused] = unanswered((await references.carryOut(script)).exchanges);
  if (refused !== undefined) {
    return fail(`A web hook with an amount of ${expected} is ${answerOf(refused)}.`, story);
  }
  const actual = amountText(state, first.path) ?? 'nothing';
  return fail(`An amount of ${expected} is recorded as ${actual}.`, story);
}
