import type { World } from './world.js';

/** Says the time as well as chance, so that the same seed gives the same bytes: `4711@1795460249`. */
export function seedOfNow({ draw, clock }: Pick<World, 'draw' | 'clock'>): string {
  return `${draw()}@${Math.floor(clock.now() / 1_000)}`;
}

/** The time that a seed says, in milliseconds since the Unix epoch; a seed without one draws it. */
export function timeInSeed(seed: string): number | undefined {
  const seconds = /@(\d{1,11})$/.exec(seed)?.[1];
  return seconds === undefined ? undefined : Number(seconds) * 1_000;
}
