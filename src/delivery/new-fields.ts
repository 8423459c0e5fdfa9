import { nearest } from '../webhook/kinds/nearest.js';
import { parseOverride, pathText, type Step } from '../webhook/overrides/parse-override.js';
import { type BodyNode, readBody } from '../webhook/rendering/body-tree.js';
import type { Samples } from './composer.js';
import type { Batch } from './plan.js';

/**
 * Sentences about changes that set what no sample event of their batch has: Inqud may add fields, so
 * they are made all the same, but mostly it is a slip.
 */
export function newFieldNotes(batches: readonly Batch[], samples: Samples): readonly string[] {
  const notes = batches.flatMap((batch) => notesOf(batch, samples));
  return [...new Set(notes)];
}

function notesOf({ kind, events, set }: Batch, samples: Samples): readonly string[] {
  const bodies = events.flatMap(({ status }) => {
    const sample = samples.get(`${kind}.${status}`);
    return sample === undefined ? [] : [readBody(sample)];
  });
  return set.flatMap((text) => {
    const { path } = parseOverride(text);
    if (bodies.some((body) => has(body, path))) return [];
    const name = pathText(path);
    const meant = nearest(name, [...new Set(bodies.flatMap((body) => pathsIn(body, [])))]);
    const hint = meant === undefined ? '' : `; did you mean "${meant}"?`;
    return [`${kind} has no "${name}", so it is added${hint === '' ? '.' : hint}`];
  });
}

function has(body: BodyNode, path: readonly Step[]): boolean {
  let node: BodyNode | undefined = body;
  for (const step of path) {
    if (node?.kind === 'object') node = node.members.get(String(step));
    else if (node?.kind === 'array') node = node.items[Number(step)];
    else return false;
  }
  return node !== undefined;
}

function pathsIn(node: BodyNode, path: readonly Step[]): readonly string[] {
  const own = path.length === 0 ? [] : [pathText(path)];
  if (node.kind === 'object') {
    return [
      ...own,
      ...[...node.members].flatMap(([key, member]) => pathsIn(member, [...path, key])),
    ];
  }
  if (node.kind === 'array') {
    return [...own, ...node.items.flatMap((item, index) => pathsIn(item, [...path, index]))];
  }
  return own;
}
