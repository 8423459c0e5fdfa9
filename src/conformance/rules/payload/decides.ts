import { watched } from '../../calibration/lives.js';
import type { Laboratory } from '../../laboratory.js';
import {
  type KindLife,
  type Profile,
  type SeenKind,
  tellingPaths,
  without,
} from '../../profile.js';
import { single } from '../../state/difference.js';
import type { Leaves } from '../../state/leaves.js';

/** Whether a state says of the end of a life what a known one says: nothing tells the two apart. */
export function saysTheSame(
  { oracle: { masked } }: Laboratory,
  profile: Profile,
  known: Leaves,
  state: Leaves,
): boolean {
  const telling = tellingPaths(profile).filter((path) => !masked.has(path));
  const isAlike = (path: string) =>
    profile.added.has(path)
      ? without(known.get(path) ?? [], state.get(path) ?? []).length === 0
      : single(known, path) === single(state, path);
  return telling.length > 0 && telling.every(isAlike);
}

/** Whether a life, on a quiet receiver, leaves a state that says what the known one says. */
export async function stillSays(
  laboratory: Laboratory,
  { kind, profile }: Pick<SeenKind, 'kind' | 'profile'>,
  life: KindLife,
  known: Leaves,
): Promise<boolean> {
  const { lab, oracle, gate } = laboratory;
  const state = await gate.alone(() => watched(lab, oracle, kind, life));
  return saysTheSame(laboratory, profile, known, state);
}
