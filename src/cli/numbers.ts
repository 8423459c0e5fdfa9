import { HookError } from '../errors.js';
import { named } from './named.js';

const FASTEST = 1_000_000;

export const HIGHEST_PORT = 65_535;

/** Reads a share: `0.2` or `20%`. @throws HookError `bad-flag` */
export function parseRate(text: string): number {
  const percent = /^(\d+(?:\.\d+)?)%$/.exec(text.trim());
  const rate = percent === null ? parsePlainNumber(text) : Number(percent[1]) / 100;
  if (!(rate >= 0 && rate <= 1)) {
    throw new HookError(
      'bad-flag',
      `\`${text}\` is not a rate.`,
      'Write a share from 0 to 1, or a percentage: 0.2 or 20%.',
    );
  }
  return rate;
}

/** Gives a reader of whole numbers within bounds. */
export function wholeNumber(least: number, most: number): (text: string) => number {
  return (text) => {
    const value = /^\d+$/.test(text.trim()) ? Number(text) : Number.NaN;
    if (value >= least && value <= most) return value;
    throw new HookError('bad-flag', `\`${text}\` is not a whole number from ${least} to ${most}.`);
  };
}

/** Reads a number of at least 1, e.g. a back-off factor. */
export function parseFactor(text: string): number {
  const value = parsePlainNumber(text);
  if (value >= 1 && Number.isFinite(value)) return value;
  throw new HookError('bad-flag', `\`${text}\` is not a factor.`, 'Write a number of at least 1.');
}

/** Reads how much faster than the original, `2`, `0.5` or `10x`. @throws HookError `bad-flag` */
export function parseSpeed(text: string): number {
  const value = parsePlainNumber(text.replace(/x$/, ''));
  if (value > 0 && value <= FASTEST) return value;
  throw new HookError(
    'bad-flag',
    `\`${text}\` is not a speed.`,
    'Write a factor of the original speed: 1, 0.5, 60.',
  );
}

function parsePlainNumber(text: string): number {
  return /^\d*\.?\d+$/.test(text.trim()) ? Number(text) : Number.NaN;
}

/** Reads the port that a command listens on. @throws HookError `bad-flag` */
export function parsePort(text: string): number {
  return named('The port', () => wholeNumber(0, HIGHEST_PORT)(text));
}
