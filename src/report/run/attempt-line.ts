import type { AttemptRecord, DroppedRecord, RunRecord } from '../../delivery/records.js';
import type { Palette } from '../palette.js';
import { answerTime, clockTime, duration, shortDuration } from '../time.js';

/** Renders one record as one line, made to be read down and to be grepped. */
export function recordLine(record: RunRecord, eventWidth: number, palette: Palette): string {
  const place = [
    clockTime(record.planMs).padEnd(9),
    record.event.padEnd(eventWidth),
    shortId(record.resource),
  ].join(' ');
  return record.kind === 'dropped'
    ? `${place} ${droppedText(record, palette)}`
    : `${place} ${attemptNumber(record)} ${attemptText(record, palette)}`;
}

/** The start of an id tells resources apart in a run: `8f57bdbe`. */
export function shortId(id: string): string {
  return id.replace(/^[A-Z]+-([0-9a-f]{8})-.*$/, '$1');
}

function droppedText(_record: DroppedRecord, palette: Palette): string {
  return palette.warn('  -   · dropped, never sent');
}

function attemptNumber(record: AttemptRecord): string {
  return `${record.attempt}/${record.attempts}`.padEnd(5);
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
  if (outcome.kind === 'responded' && outcome.status === 200) {
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

function remarks(record: AttemptRecord): readonly string[] {
  const { duplicate, fault, outOfOrder, lateMs } = record;
  return [
    ...(duplicate === undefined ? [] : ['duplicate']),
    ...(fault?.kind === 'lost-ack' ? ['ack lost'] : []),
    ...(fault?.kind === 'overlap' ? [fault.missed ? 'overlap missed' : 'overlap'] : []),
    ...(outOfOrder === undefined ? [] : ['overtaken']),
    ...(lateMs === undefined ? [] : [`late ${shortDuration(lateMs)}`]),
  ];
}

function nextText({ next }: AttemptRecord): string {
  switch (next.kind) {
    case 'delivered':
      return 'delivered';
    case 'retry':
      return `→ again in ${duration(next.waitMs).replace(' ', '')}`;
    case 'overlapped':
      return '→ next left';
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
