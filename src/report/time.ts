const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
const UNITS = [
  [DAY_MS, 'd'],
  [HOUR_MS, 'h'],
  [MINUTE_MS, 'm'],
  [SECOND_MS, 's'],
  [1, 'ms'],
] as const;

/** Plan time as `0:02:13`. */
export function clockTime(planMs: number): string {
  return [
    Math.floor(planMs / HOUR_MS),
    pad(Math.floor(planMs / MINUTE_MS) % 60),
    pad(Math.floor(planMs / SECOND_MS) % 60),
  ].join(':');
}

/** A duration in its two largest units: `2m`, `1h 30m`, `34h` reads `1d 10h`. */
export function duration(ms: number): string {
  return partsOf(ms).slice(0, 2).join(' ') || '0s';
}

/** A duration in all its units, where none may be left away: `1d 21h 53m`. */
export function wholeDuration(ms: number): string {
  return partsOf(ms).join(' ') || '0s';
}

/** A duration in its largest unit alone: `2m`, `34h` reads `1d`. */
export function shortDuration(ms: number): string {
  return duration(ms).split(' ')[0] ?? '';
}

/** Real time to answer: `3 ms`, `0.4 ms`, `1.2 s`. */
export function answerTime(ms: number): string {
  if (ms < 0.95) return `${Math.max(0.1, ms).toFixed(1)} ms`;
  if (ms < SECOND_MS) return `${Math.round(ms)} ms`;
  return `${(ms / SECOND_MS).toFixed(1)} s`;
}

function partsOf(ms: number): readonly string[] {
  const parts: string[] = [];
  let left = Math.round(ms);
  for (const [unitMs, unit] of UNITS) {
    const count = Math.floor(left / unitMs);
    if (count > 0) parts.push(`${count}${unit}`);
    left -= count * unitMs;
  }
  return parts;
}

function pad(value: number): string {
  return String(value).padStart(2, '0');
}
