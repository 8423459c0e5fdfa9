import type { LoadStretch, LoadSummary } from '../../load/records.js';
import { answerTime, clockTime } from '../time.js';

const MOST_ROWS = 10;
const WIDTHS = [10, 9, 9, 9, 9];

/** How it went over time, in ten rows at most: rates, and the longest time to an answer. */
export function seriesLines({ series, stepMs }: LoadSummary): readonly string[] {
  if (series.length < 2) return [];
  const together = Math.ceil(series.length / MOST_ROWS);
  const rows: string[] = [];
  for (let at = 0; at < series.length; at += together) {
    rows.push(row(series.slice(at, at + together), stepMs));
  }
  return [line(['from', 'due/s', 'sent/s', '200/s', 'other/s', 'longest']), ...rows];
}

function row(stretches: readonly LoadStretch[], stepMs: number): string {
  const seconds = (stretches.length * stepMs) / 1_000;
  const rate = (key: 'due' | 'sent' | 'delivered' | 'failed') =>
    perSecond(stretches.reduce((sum, stretch) => sum + stretch[key], 0) / seconds);
  const longest = Math.max(...stretches.map(({ latency }) => latency?.maxMs ?? 0));
  return line([
    clockTime(stretches[0]?.atMs ?? 0),
    rate('due'),
    rate('sent'),
    rate('delivered'),
    rate('failed'),
    longest === 0 ? '–' : answerTime(longest),
  ]);
}

function perSecond(rate: number): string {
  return rate === 0 || rate >= 10 ? rate.toFixed(0) : rate.toFixed(1);
}

function line(cells: readonly string[]): string {
  const padded = cells.map((cell, index) =>
    index === 0 ? cell.padEnd(WIDTHS[0] ?? 0) : cell.padStart(WIDTHS[index] ?? 9),
  );
  return `  ${padded.join('')}`;
}
