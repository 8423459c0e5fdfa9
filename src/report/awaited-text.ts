import { duration } from './time.js';

const SECOND_MS = 1_000;

/** What a terminal shows while a receiver is waited for. */
export function awaitedText(authority: string, passedMs: number, mostMs: number): string {
  const passed = duration(Math.floor(passedMs / SECOND_MS) * SECOND_MS);
  return `waiting until ${authority} takes connections · ${passed} of ${duration(mostMs)}`;
}
