import { nearest } from '../webhook/kinds/nearest.js';
import { type PathStep, parseOverride, pathText } from '../webhook/overrides/parse-override.js';
import { type BodyNode, readBody } from '../webhook/rendering/body-tree.js';
import type { Samples } from './composer.js';
import type { Batch } from './plan.js';

/** A change that sets what no sample event of its kind has. */
export interface NewField {
  readonly code: 'new-field';
  readonly kind: string;
  readonly name: string;
  /** The field that is there and has nearly this name. */
  readonly meant: string | undefined;
}

/** Inqud may add fields, so they are set all the same, but mostly it is a slip. */
export function newFields(batches: readonly Batch[], samples: Samples): readonly NewField[] {
  const found = batches.flatMap((batch) => newFieldsOf(batch, samples));
  return [...new Map(found.map((field) => [JSON.stringify(field), field])).values()];
}

function newFieldsOf({ kind, events, set }: Batch, samples: Samples): readonly NewField[] {
  const bodies = events.flatMap(({ status }) => {
    const sample = samples.get(`${kind}.${status}`);
    return sample === undefined ? [] : [readBody(sample)];
  });
  return set.flatMap((text) => {
    const { path } = parseOverride(text);
    if (bodies.some((body) => has(body, path))) return [];
    const name = pathText(path);
    const meant = nearest(name, [...new Set(bodies.flatMap((body) => pathsIn(body, [])))]);
    return [{ code: 'new-field', kind, name, meant }];
  });
}

function has(body: BodyNode, path: readonly PathStep[]): boolean {
  let node: BodyNode | undefined = body;
  for (const step of path) {
    if (node?.kind === 'object') node = node.members.get(String(step));
    else if (node?.kind === 'array') node = node.items[Number(step)];
    else return false;
  }
  return node !== undefined;
}

function pathsIn(node: BodyNode, path: readonly PathStep[]): readonly string[] {
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
