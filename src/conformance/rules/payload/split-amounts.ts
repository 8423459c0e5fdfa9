import { type ExactNumber, parseAmount, plus } from '../../../json/exact-number.js';
import { single } from '../../state/difference.js';
import type { Leaves } from '../../state/leaves.js';
import { parseNumber } from '../../state/oracle.js';

/** What a field says of the whole number beside it, by the last word of its name. */
const PARTS: readonly {
  readonly name: RegExp;
  /** The amount that the two of them say. */
  readonly amount: (whole: ExactNumber, part: string) => ExactNumber | undefined;
}[] = [
  {
    name: /(scale|decimals|places|precision|fraction_?digits)$/i,
    amount: (whole, part) => at(whole, -Number(part)),
  },
  { name: /(exponent|exp|power)$/i, amount: (whole, part) => at(whole, Number(part)) },
  { name: /nanos?$/i, amount: fraction(9) },
  { name: /micros?$/i, amount: fraction(6) },
  { name: /(cents|hundredths)$/i, amount: fraction(2) },
  // The digits behind the point.
  { name: /(frac|fraction|sup)$/i, amount: (whole, part) => fraction(part.length)(whole, part) },
];
const MOST_DIGITS = 40;
const BETWEEN = ' with ';

/**
 * Amounts that two fields beside each other say together: digits and their scale, units and nanos.
 * Their paths name both.
 */
export function splitPaths(leaves: Leaves): readonly string[] {
  const paths = [...leaves.keys()];
  return paths
    .filter((part) => kindOf(part) !== undefined)
    .flatMap((part) =>
      paths
        .filter((path) => path !== part && isBeside(path, part) && kindOf(path) === undefined)
        .map((path) => path + BETWEEN + part),
    )
    .filter((path) => splitAmount(leaves, path) !== undefined);
}

/** The amount that the two fields of such a path say. */
export function splitAmount(leaves: Leaves, path: string): ExactNumber | undefined {
  const [first = '', part] = path.split(BETWEEN);
  if (part === undefined) return undefined;
  const whole = wholeAt(leaves, first);
  if (whole === undefined || wholeAt(leaves, part) === undefined) return undefined;
  return kindOf(part)?.amount(whole, (single(leaves, part) ?? '').replaceAll('"', ''));
}

/** Whether a field is one of the two that such a path is of. */
export function isPartOf(path: string, split: string): boolean {
  return split.split(BETWEEN).includes(path);
}

function kindOf(part: string) {
  return PARTS.find(({ name }) => name.test(part));
}

function isBeside(path: string, other: string): boolean {
  return path.slice(0, path.lastIndexOf('.') + 1) === other.slice(0, other.lastIndexOf('.') + 1);
}

function wholeAt(leaves: Leaves, path: string): ExactNumber | undefined {
  const number = parseNumber(single(leaves, path));
  return number !== undefined && number.scale <= 0 ? number : undefined;
}

function at({ units, scale }: ExactNumber, exponent: number): ExactNumber | undefined {
  return Math.abs(exponent) > MOST_DIGITS ? undefined : { units, scale: scale - exponent };
}

function fraction(digits: number): (whole: ExactNumber, part: string) => ExactNumber | undefined {
  return (whole, part) => {
    const small = parseAmount(`${part}e-${digits}`);
    return small && plus(whole, small);
  };
}
