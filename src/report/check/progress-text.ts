import { counted } from '../count.js';
import { duration } from '../time.js';

/** A check as far as it is. */
export interface CheckStanding {
  /** The rules to be judged; undefined while it is found out what the receiver takes. */
  readonly rules: number | undefined;
  readonly judged: number;
  /** The ids of the rules under way, the first one begun first. */
  readonly underWay: readonly string[];
  readonly sent: number;
  readonly answersAwaited: number;
  readonly statesAwaited: number;
  readonly passedMs: number;
  /** About how long the whole of it takes. */
  readonly expectedMs: number | undefined;
}

const SECOND_MS = 1_000;

/** What a check does, how far it is, what it waits for and about how long, for a line that changes. */
export function checkProgressText(standing: CheckStanding): string {
  return [doing(standing), waitingFor(standing), time(standing)].join(' · ');
}

function doing({ rules, judged, underWay }: CheckStanding): string {
  if (rules === undefined) return 'learning what the receiver takes';
  const [first, ...others] = underWay;
  const more = others.length === 0 ? '' : ` and ${others.length} more`;
  const what = first === undefined ? '' : `: ${first.split('/').at(-1) ?? first}${more}`;
  return `${judged} of ${rules} rules judged${what}`;
}

function waitingFor({ sent, answersAwaited, statesAwaited }: CheckStanding): string {
  const awaited = [
    ...(answersAwaited === 0 ? [] : [counted(answersAwaited, 'answer')]),
    ...(statesAwaited === 0 ? [] : [counted(statesAwaited, 'state')]),
  ];
  const sentText = counted(sent, 'web hook');
  return awaited.length === 0 ? sentText : `${sentText}, awaiting ${awaited.join(' and ')}`;
}

function time({ passedMs, expectedMs }: CheckStanding): string {
  const passed = duration(Math.floor(passedMs / SECOND_MS) * SECOND_MS);
  if (expectedMs === undefined) return passed;
  const leftMs = expectedMs - passedMs;
  return leftMs > 0 ? `${passed} of about ${roughly(expectedMs)}` : `${passed}, longer than usual`;
}

/** Nobody expects an estimate to be exact to the second. */
function roughly(ms: number): string {
  const stepMs = ms > 60 * SECOND_MS ? 30 * SECOND_MS : 5 * SECOND_MS;
  return duration(Math.ceil(ms / stepMs) * stepMs);
}
