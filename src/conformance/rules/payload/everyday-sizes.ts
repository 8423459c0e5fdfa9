import {
  type ExactNumber,
  isSame,
  minus,
  parseAmount,
  rounded,
} from '../../../json/exact-number.js';
import { amountsIn, type BodyAmount } from '../../lab/amount-paths.js';
import type { Laboratory } from '../../laboratory.js';
import type { KindUnderTest } from '../../profile.js';
import { deliver, type Script, scriptOf } from '../../script.js';
import { isMoved } from './amount-fields.js';

/**
 * An amount of everyday size for each number of decimals. They are close to one another, so that a
 * receiver that compares them finds nothing odd, and none is another one rounded.
 */
export interface EverydaySize {
  readonly whole: string;
  readonly hundredths: string;
  readonly millionths: string;
  readonly finest: string;
}

/** At most 15 digits and eight decimals. Cut off in floating point, 19.99 becomes 1998 cents. */
export const EVERYDAY_SIZES: readonly EverydaySize[] = [
  {
    whole: '1234567',
    hundredths: '1234567.12',
    millionths: '1234567.654321',
    finest: '1234567.87654321',
  },
  { whole: '19', hundredths: '19.99', millionths: '20.280007', finest: '20.73000003' },
];

/** Money of states has cents; these tokens have six decimals on Ethereum and Tron, others up to 18. */
const STABLE = new Set(['USDT', 'USDC']);
const OF_STATES = new Set(Intl.supportedValuesOf('currency'));

/** The usual life of a kind with everyday amounts, and what a field that follows one of them may say. */
export interface EverydayLife {
  readonly script: Script;
  readonly amounts: readonly string[];
}

/** Every amount of each body is as fine as its currency. `undefined` of bodies without amounts. */
export function everydayLife(
  { lab, offers }: Laboratory,
  { name, main }: KindUnderTest,
  size: EverydaySize,
): EverydayLife | undefined {
  const [subject] = offers.get(name)?.subjects ?? [];
  if (subject === undefined) return undefined;
  const amountsAt = (event: string) =>
    amountsIn(new TextDecoder().decode(lab.body(subject, event)));
  const [first] = amountsAt(main.end);
  if (first === undefined) return undefined;
  const used = new Set<string>();
  const steps = main.events.map((event) => {
    const set = amountsAt(event).map((amount) => {
      const text = amountIn(amount, size);
      used.add(text);
      return `${amount.path}=${text}`;
    });
    return deliver(event, 0, { set });
  });
  const script = scriptOf({ kind: name, end: main.end, amount: amountIn(first, size) }, steps);
  return { script, amounts: [...used] };
}

function amountIn({ currency = '' }: BodyAmount, size: EverydaySize): string {
  if (STABLE.has(currency)) return size.millionths;
  return OF_STATES.has(currency) ? size.hundredths : size.finest;
}

/** Whether a text says an amount, its point moved so many places, however it is written. */
export function saysAmount(text: string | undefined, amount: string, places: number): boolean {
  return readings(text ?? '').some((found) => isMoved(found, amount, places));
}

/** The same for an amount finer than the unit: what counts whole units of its own is off by less than one. */
export function saysUnits(text: string | undefined, amount: string, places: number): boolean {
  const wanted = parseAmount(`${amount}e${places}`);
  if (saysAmount(text, amount, places)) return true;
  if (places === 0 || wanted === undefined) return false;
  return readings(text ?? '').some((found) => {
    const { units, scale } = minus(found, wanted);
    return isSame(rounded(found, 0), found) && units ** 2n < 10n ** BigInt(2 * Math.max(scale, 0));
  });
}

const WITHIN_NUMBER = /-?\d(?:[\d.,'’_\s]*\d)?(?:e[+-]?\d+)?/gi;

/** A number with either sign as its point, and the others between thousands. */
function readings(text: string): readonly ExactNumber[] {
  const [number, ...others] = text.match(WITHIN_NUMBER) ?? [];
  if (number === undefined || others.length > 0) return [];
  const plain = number.replace(/['’_\s]/g, '');
  return [plain.replaceAll(',', ''), plain.replaceAll('.', '').replace(',', '.')].flatMap(
    (written) => parseAmount(written) ?? [],
  );
}
