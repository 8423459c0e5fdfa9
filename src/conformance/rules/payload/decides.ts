import type { KindUnderTest } from '../../profile.js';
import { single } from '../../state/difference.js';
import type { Leaves } from '../../state/leaves.js';

/** Whether every deciding field is as the kind's main life leaves it: nothing tells it from that. */
export function decidesNothingElse({ profile }: KindUnderTest, state: Leaves): boolean {
  if (profile === undefined || profile.deciding.length === 0) return false;
  return profile.deciding.every((path) => single(profile.main, path) === single(state, path));
}
