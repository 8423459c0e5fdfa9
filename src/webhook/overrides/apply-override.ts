import { HookError } from '../../errors.js';
import type {
  ArrayNode,
  BareNode,
  BodyNode,
  ObjectNode,
  TextNode,
} from '../rendering/body-tree.js';
import { type Override, type PathStep, pathText } from './parse-override.js';

const INDEX = /^(?:0|[1-9]\d{0,8})$/;

/**
 * The body with one value changed. Members that are missing are created, an array grows by at
 * most one item at its end.
 * @throws HookError `bad-override` when the path does not fit the body
 */
export function applyOverride(body: BodyNode, override: Override): BodyNode {
  return changed(body, override, 0);
}

function changed(node: BodyNode | undefined, override: Override, depth: number): BodyNode {
  const step = override.path[depth];
  if (step === undefined) return override.value;
  const container = node ?? emptyFor(step);
  switch (container.kind) {
    case 'object':
      return changedObject(container, step, override, depth);
    case 'array':
      return changedArray(container, step, override, depth);
    case 'text':
    case 'bare':
      throw misfit(override, depth, `is ${described(container)}, so it has nothing inside`);
    default:
      return container satisfies never;
  }
}

function emptyFor(step: PathStep): BodyNode {
  return typeof step === 'number'
    ? { kind: 'array', items: [] }
    : { kind: 'object', members: new Map() };
}

function changedObject(
  { members }: ObjectNode,
  step: PathStep,
  override: Override,
  depth: number,
): BodyNode {
  if (typeof step === 'number') throw misfit(override, depth, 'is an object, not an array');
  const member = changed(members.get(step), override, depth + 1);
  return { kind: 'object', members: new Map([...members, [step, member]]) };
}

function changedArray(
  { items }: ArrayNode,
  step: PathStep,
  override: Override,
  depth: number,
): BodyNode {
  const index = typeof step === 'string' && !INDEX.test(step) ? -1 : Number(step);
  if (index < 0 || index > items.length) {
    const range = items.length === 0 ? 'only 0 fits' : `0 to ${items.length} fit`;
    throw misfit(override, depth, `is an array, where ${range}, not "${step}"`);
  }
  const item = changed(items[index], override, depth + 1);
  return { kind: 'array', items: [...items.slice(0, index), item, ...items.slice(index + 1)] };
}

function described(node: TextNode | BareNode): string {
  if (node.kind === 'text') return 'a string';
  return /^[-\d]/.test(node.json) ? 'a number' : node.json;
}

function misfit({ path }: Override, depth: number, problem: string): HookError {
  const holder = depth === 0 ? 'The body' : `"${pathText(path.slice(0, depth))}"`;
  return new HookError(
    'bad-override',
    `"${pathText(path)}" cannot be set: ${holder.replace(/^The/, 'the')} ${problem}.`,
    depth === 0 ? undefined : `Set all of it: ${pathText(path.slice(0, depth))}={…}`,
  );
}
