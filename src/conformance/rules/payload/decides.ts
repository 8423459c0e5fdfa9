import { watched } from '../../calibration/lives.js';
import type { Laboratory } from '../../laboratory.js';
import { type KindUnderTest, type Life, type Profile, without } from '../../profile.js';
import { single } from '../../state/difference.js';
import type { Leaves } from '../../state/leaves.js';

/** Whether every deciding field is as the kind's main life leaves it. */
export function decidesNothingElse(
  { oracle: { masked } }: Laboratory,
  { profile }: KindUnderTest,
  state: Leaves,
): boolean {
  const deciding = profile?.deciding.filter((path) => !masked.has(path)) ?? [];
  if (profile === undefined || deciding.length === 0) return false;
  return deciding.every((path) => single(profile.main, path) === single(state, path));
}

/** Whether a state says of the end of a life what a known one says: nothing tells the two apart. */
export function saysTheSame(
  { oracle: { masked } }: Laboratory,
  profile: Profile,
  known: Leaves,
  state: Leaves,
): boolean {
  const deciding = profile.deciding.filter((path) => !masked.has(path));
  const lists = [...profile.added.keys()].filter((path) => !masked.has(path));
  return (
    deciding.length + lists.length > 0 &&
    deciding.every((path) => single(known, path) === single(state, path)) &&
    lists.every((path) => without(known.get(path) ?? [], state.get(path) ?? []).length === 0)
  );
}

/** Whether a life, on a quiet receiver, leaves a state that says what the known one says. */
export async function stillSays(
  laboratory: Laboratory,
  { kind, profile }: KindUnderTest,
  life: Life,
  known: Leaves,
): Promise<boolean> {
  if (profile === undefined) return false;
  const { lab, oracle, gate } = laboratory;
  const state = await gate.alone(() => watched(lab, oracle, kind, life));
  return saysTheSame(laboratory, profile, known, state);
}
