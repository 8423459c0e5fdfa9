import { isLosslessNumber } from 'lossless-json';

/** Whose ids a text speaks of. */
export type Owner = 'own' | 'foreign' | 'nobody';

/**
 * What of a state that is about every resource is about one: items of lists, and members, that speak
 * of others only are left out.
 */
export function focusOn(state: unknown, ownerOf: (text: string) => Owner): unknown {
  const isKept = (value: unknown) => ownerIn(value, ownerOf) !== 'foreign';
  const focused = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.filter(isKept).map(focused);
    if (!isObject(value)) return value;
    const members = Object.entries(value).filter(([key]) => ownerOf(key) !== 'foreign');
    return Object.fromEntries(members.map(([key, member]) => [key, focused(member)]));
  };
  return focused(state);
}

/** Who speaks of the resource and of others, as an order does of what is in it, is its own. */
function ownerIn(value: unknown, ownerOf: (text: string) => Owner): Owner {
  if (typeof value === 'string') return ownerOf(value);
  if (!isObject(value)) return 'nobody';
  const owners = Object.entries(value).flatMap(([key, member]) => [
    ownerOf(key),
    ownerIn(member, ownerOf),
  ]);
  if (owners.includes('own')) return 'own';
  return owners.includes('foreign') ? 'foreign' : 'nobody';
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !isLosslessNumber(value);
}
