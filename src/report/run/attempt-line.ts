import { FAULTS } from '../../delivery/faults/registry.js';
import type { PlanDocument } from '../../delivery/plan-document.js';
import type { AttemptRecord, RunRecord } from '../../delivery/records.js';
import { isDelivered } from '../../webhook/scheme.js';
import { inLine } from '../foreign-text.js';
import type { Palette } from '../palette.js';
import { answerTime, clockTime, duration, shortDuration } from '../time.js';

/** `34:09:00` */
const TIME_WIDTH = 8;

/** How wide the columns of a run's lines are, in characters. */
export interface Columns {
  readonly event: number;
  /** Of the start of an id; it tells resources apart in a run. */
  readonly id: number;
  /** Of `1/11`. */
  readonly attempt: number;
}

export function planColumns({ batches, waitsMs }: PlanDocument, resources: number): Columns {
  const names = batches.flatMap(({ kind, events }) =>
    events.map(({ status }) => `${kind}.${status}`.length),
  );
  return columnsOf(Math.max(...names, 0), waitsMs.length + 1, resources);
}

export function columnsOf(event: number, attempts: number, resources: number): Columns {
  return { event, id: resources === 1 ? 4 : 8, attempt: `${attempts}/${attempts}`.length };
}

/** Renders one record as one line, made to be read down and to be grepped. */
export function recordLine(record: RunRecord, layout: Columns, palette: Palette): string {
  const words = [
    clockTime(record.planMs).padEnd(TIME_WIDTH),
    inLine(record.event).padEnd(layout.event),
    shortId(record.resource, layout.id),
    attemptNumber(record).padEnd(layout.attempt),
    record.kind === 'dropped'
      ? palette.warn('· dropped, never sent')
      : attemptText(record, palette),
  ];
  return words.join(' ');
}

/** The start of an id, without its prefix: `8f57bdbe`. */
export function shortId(id: string, digits: number): string {
  const hexadecimal = /^[A-Z]+-([0-9a-f]{8})-/.exec(id)?.[1] ?? id;
  return inLine(hexadecimal.slice(0, digits));
}

function attemptNumber(record: RunRecord): string {
  return record.kind === 'dropped' ? '-' : `${record.attempt}/${record.attempts}`;
}

/** What is said of an attempt, in parts; a part that says nothing is empty. */
export function attemptWords(record: AttemptRecord) {
  return { outcome: outcomeText(record), remarks: remarks(record), next: nextText(record) };
}

function attemptText(record: AttemptRecord, palette: Palette): string {
  const { paint, symbol } = signOf(record, palette);
  const words = [symbol, outcomeText(record), ...remarks(record), nextText(record)];
  return paint(words.filter((word) => word !== '').join(' '));
}

function signOf(record: AttemptRecord, palette: Palette) {
  const { outcome, next, fault } = record;
  if (outcome.kind === 'blocked') return { paint: palette.warn, symbol: '·' };
  if (fault !== undefined) return { paint: palette.warn, symbol: '≈' };
  if (isDelivered(outcome)) {
    return { paint: palette.good, symbol: '✓' };
  }
  return next.kind === 'lost'
    ? { paint: (text: string) => palette.bold(palette.bad(text)), symbol: '✗' }
    : { paint: palette.bad, symbol: '✗' };
}

function outcomeText({ outcome, fault }: AttemptRecord): string {
  switch (outcome.kind) {
    case 'responded':
      return `${outcome.status} ${answerTime(outcome.ms)}`;
    case 'timed-out':
      return 'timeout';
    case 'broken':
      return 'broken';
    case 'unreachable':
      return 'unreachable';
    case 'blocked':
      return fault?.kind === 'outage' ? 'outage' : 'blocked';
    case 'cancelled':
      return 'cancelled';
    default:
      return outcome satisfies never;
  }
}

/** What comes with a time comes last. */
function remarks(record: AttemptRecord): readonly string[] {
  const all = FAULTS.flatMap((fault) => fault.remark?.(record) ?? []);
  return [
    ...all.flatMap(({ words, ms }) => (ms === undefined ? [words] : [])),
    ...(record.outOfOrder === undefined ? [] : ['stale']),
    ...all.flatMap(({ words, ms }) => (ms === undefined ? [] : [`${words} ${shortDuration(ms)}`])),
  ];
}

function nextText({ next }: AttemptRecord): string {
  switch (next.kind) {
    case 'delivered':
      return 'delivered';
    case 'retry':
      return `↻ in ${duration(next.waitMs).replace(' ', '')}`;
    case 'overlapped':
      return '↻ now';
    case 'lost':
      return 'LOST';
    case 'withheld':
      return 'withheld';
    case 'none':
    case 'cancelled':
      return '';
    default:
      return next satisfies never;
  }
}
