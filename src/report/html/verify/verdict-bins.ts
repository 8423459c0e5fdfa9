import type { VerifyRecord } from '../../../verification/records.js';
import { type Axis, dateAxis, instantText, orderAxis } from '../axis.js';
import type { BarRow } from '../bar-rows.js';
import { type Bins, createBins } from '../bins.js';
import { mismatchName } from './mismatches.js';

/** Causes beyond this many are counted together. */
const MOST_CAUSES = 40;
const MOST_ROWS = 14;
const OTHER = 'other causes';

/** Verdicts over time, in bounded memory. */
export interface VerdictBins {
  add(record: VerifyRecord): void;
  /** Entries whose time is not known. */
  readonly untimed: number;
  over(): VerdictsOver | undefined;
}

export interface VerdictsOver {
  readonly bins: Bins;
  readonly axis: Axis;
  readonly rows: readonly BarRow[];
  readonly isTimed: boolean;
  readonly placeText: (place: number) => string;
}

export function createVerdictBins(): VerdictBins {
  const byTime = createBins();
  const byOrder = createBins();
  const causes = new Set<string>();
  const counts = new Map<string, number>();

  function categoryOf(record: VerifyRecord): string {
    if (record.verdict !== 'rejected') return record.verdict;
    const cause = `rejected ${mismatchName(record)}`;
    if (causes.size < MOST_CAUSES) causes.add(cause);
    return causes.has(cause) ? cause : `rejected ${OTHER}`;
  }

  return {
    add: (record) => {
      const category = categoryOf(record);
      counts.set(category, (counts.get(category) ?? 0) + 1);
      byOrder.add(byOrder.total + 1, category);
      const ms = record.receivedAt === undefined ? Number.NaN : Date.parse(record.receivedAt);
      if (Number.isFinite(ms)) byTime.add(ms, category);
    },
    get untimed() {
      return byOrder.total - byTime.total;
    },
    over: () => {
      if (byOrder.total === 0) return undefined;
      const isTimed = byTime.total > 0 && byTime.total === byOrder.total;
      const bins = isTimed ? byTime : byOrder;
      const axis = isTimed ? dateAxis(bins.first, bins.last) : orderAxis(bins.last);
      const placeText = isTimed ? preciseText : (place: number) => String(Math.round(place));
      return { bins, axis, rows: rowsOf(counts), isTimed, placeText };
    },
  };
}

const FIRST_ROWS: readonly BarRow[] = [
  { category: 'genuine', label: '✓ genuine', fill: 'good' },
  { category: 'unsigned', label: '? unsigned', fill: 'warn' },
  { category: 'malformed', label: '! malformed', fill: 'bad' },
];

function rowsOf(counts: ReadonlyMap<string, number>): readonly BarRow[] {
  const rejected = [...counts]
    .filter(([category]) => category.startsWith('rejected '))
    .sort(([, one], [, other]) => other - one)
    .slice(0, MOST_ROWS)
    .map(([category]) => ({
      category,
      label: `✗ ${category.slice('rejected '.length)}`,
      fill: 'bad' as const,
    }));
  const [genuine, ...others] = FIRST_ROWS.filter(({ category }) => counts.has(category));
  if (genuine?.category !== 'genuine')
    return [...rejected, ...(genuine === undefined ? [] : [genuine]), ...others];
  return [genuine, ...rejected, ...others];
}

/** `28 Nov 2026, 23:05:07.250 UTC` */
function preciseText(ms: number): string {
  const iso = new Date(ms).toISOString();
  return instantText(ms).replace(/\d\d:\d\d UTC$/, `${iso.slice(11, 23)} UTC`);
}
