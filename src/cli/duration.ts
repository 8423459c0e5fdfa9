import { HookError } from '../errors.js';

const UNITS_MS: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1_000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
};
const HINT = 'Write a number and a unit: 500ms, 10s, 2m, 1h30m, 1d.';
/** How a duration is written. */
export const DURATION = /^(?:0|(?:\d+(?:\.\d+)?(?:ms|s|m|h|d))+)$/;
/** Plan times stay dates, and numbers that a double counts in milliseconds. */
export const LONGEST_MS = 36_525 * 86_400_000;
const LONGEST_TIME_LIMIT_MS = 3_600_000;
const PART = /(\d+(?:\.\d+)?)(ms|s|m|h|d)/g;

/**
 * Reads `10s`, `1m30s`, `500ms`, `2h`, `1.5d` or `0` as milliseconds.
 * @throws HookError `bad-duration`
 */
export function parseDuration(text: string): number {
  const compact = text.trim();
  if (compact === '0') return 0;
  if (!DURATION.test(compact)) throw badDuration(text);
  const ms = [...compact.matchAll(PART)]
    .map(([, amount, unit]) => Number(amount) * (UNITS_MS[unit ?? ''] ?? Number.NaN))
    .reduce((sum, part) => sum + part, 0);
  if (ms <= LONGEST_MS) return Math.round(ms);
  throw new HookError('bad-duration', `${text} is more than a hundred years.`, HINT);
}

/** Reads how long to wait for an answer: from 1ms to 1h. @throws HookError `bad-duration` */
export function parseTimeLimit(text: string): number {
  const ms = parseDuration(text);
  if (ms >= 1 && ms <= LONGEST_TIME_LIMIT_MS) return ms;
  throw new HookError('bad-duration', `${text} is no time limit.`, 'Write 1ms to 1h, e.g. 10s.');
}

/** Reads a list of durations, e.g. `1m,5m,30m`. */
export function parseDurations(text: string): readonly number[] {
  return text.split(',').map(parseDuration);
}

/** Reads `1h=1s`: this much plan time passes in that much real time. Gives real ms per plan ms. */
export function parseTimeScale(text: string): number {
  const [planned = '', real = '', ...more] = text.split('=');
  const planMs = parseScalePart(planned, text);
  if (more.length > 0 || planMs === 0) throw badScale(text);
  return parseScalePart(real, text) / planMs;
}

function parseScalePart(part: string, whole: string): number {
  if (part.trim() === '') throw badScale(whole);
  return parseDuration(part);
}

/** Reads `5m..20m` as a window of plan time. */
export function parseWindow(text: string): { readonly fromMs: number; readonly toMs: number } {
  const [from, to, ...more] = text.split('..');
  if (!from?.trim() || !to?.trim() || more.length > 0) throw badWindow(text);
  const window = { fromMs: parseDuration(from), toMs: parseDuration(to) };
  if (window.toMs <= window.fromMs) throw badWindow(text);
  return window;
}

function badDuration(text: string): HookError {
  return new HookError('bad-duration', `\`${text}\` is not a duration.`, HINT);
}

function badScale(text: string): HookError {
  return new HookError(
    'bad-duration',
    `\`${text}\` is not a time scale.`,
    'Write plan time = real time, e.g. 1h=1s.',
  );
}

function badWindow(text: string): HookError {
  return new HookError(
    'bad-duration',
    `\`${text}\` is not a stretch of time.`,
    'Write from..to, e.g. 5m..20m.',
  );
}
