import type { Exchange } from '../../lab/exchange.js';

/** How long answers took. */
export interface Spread {
  readonly medianMs: number;
  readonly longestMs: number;
  readonly text: string;
}

/** The distribution of the times to answer; `undefined` when there was no answer. */
export function spread(exchanges: readonly Exchange[]): Spread | undefined {
  const times = exchanges
    .flatMap(({ outcome }) => (outcome.kind === 'responded' ? [outcome.ms] : []))
    .sort((one, other) => one - other);
  const longestMs = times.at(-1);
  if (longestMs === undefined) return undefined;
  const at = (share: number) => times[Math.floor((times.length - 1) * share)] ?? longestMs;
  const medianMs = at(0.5);
  const text = [
    `${times.length} answers:`,
    `half within ${shown(medianMs)}, 95 % within ${shown(at(0.95))}, all within ${shown(longestMs)}.`,
  ].join(' ');
  return { medianMs, longestMs, text };
}

function shown(ms: number): string {
  return ms < 10 ? `${ms.toFixed(1)} ms` : `${Math.round(ms)} ms`;
}
