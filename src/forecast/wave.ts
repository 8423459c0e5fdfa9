import type { OutageCase } from './outage-counts.js';

/** A stretch after the recovery in which attempts come at one rate, counted from the recovery. */
export interface WaveLevel {
  readonly fromMs: number;
  readonly toMs: number;
  /** Times the usual rate. */
  readonly times: number;
}

/**
 * The wave of constant arrivals, level after level, until the last retry. Retry k comes in it from
 * the moment at which the first web hook of the outage has it, for as long as the gap before it.
 */
export function waveLevels({
  outage,
  offsets,
}: Pick<OutageCase, 'outage' | 'offsets'>): readonly WaveLevel[] {
  const lengthMs = outage.toMs - outage.fromMs;
  const retries = offsets.gapsMs
    .map((gapMs, retry) => ({
      fromMs: Math.max(0, (offsets.offsetsMs[retry] ?? 0) - lengthMs),
      toMs: gapMs,
    }))
    .slice(1)
    .filter(({ fromMs, toMs }) => fromMs < toMs);
  const edges = [...new Set([0, ...retries.flatMap(({ fromMs, toMs }) => [fromMs, toMs])])];
  edges.sort((one, other) => one - other);
  const levels = edges.slice(1).map((toMs, index) => {
    const fromMs = edges[index] ?? 0;
    const coming = retries.filter((retry) => retry.fromMs <= fromMs && toMs <= retry.toMs);
    return { fromMs, toMs, times: 1 + coming.length };
  });
  return levels.reduce<readonly WaveLevel[]>(joined, []);
}

/** Two levels of one height are one. */
function joined(levels: readonly WaveLevel[], level: WaveLevel): readonly WaveLevel[] {
  const last = levels.at(-1);
  if (last?.times !== level.times) return [...levels, level];
  return [...levels.slice(0, -1), { ...last, toMs: level.toMs }];
}

/** The first of the highest levels. */
export function highestLevel(levels: readonly WaveLevel[]): WaveLevel | undefined {
  return levels.reduce<WaveLevel | undefined>(
    (highest, level) => (highest === undefined || level.times > highest.times ? level : highest),
    undefined,
  );
}
