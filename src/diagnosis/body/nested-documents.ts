import { everyNode, type JsonNode } from '../../json/tree.js';
import type { Subject } from '../subject.js';
import { type BodyCandidate, texts } from './body-mistake.js';

/** What stands inside the body and may be the real one: strings that hold JSON or its base64, objects. */
export function* nestedDocuments(subject: Subject): Iterable<BodyCandidate> {
  const tree = subject.tree();
  if (tree === undefined) return;
  if (MAY_HOLD_JSON.test(subject.latin1())) yield* documentsInStrings(subject, tree);
  yield* largeObjects(subject, tree);
}

const MAX_NESTED = 16;
const MAY_HOLD_JSON = /"\s*(?:\\[nrt]\s*)*[{[]|"(?:eyJ|ew[0o]|W3s)/;
const BASE64_JSON = /^"(?:eyJ|ew[0o]|W3s)/;

function documentsInStrings(subject: Subject, tree: JsonNode): readonly BodyCandidate[] {
  const found: BodyCandidate[] = [];
  everyNode(tree, (node) => {
    const { kind, start, end } = node;
    if (kind === 'string' && node !== tree)
      found.push(...documentsIn(subject.bytes.subarray(start, end)));
    return found.length < MAX_NESTED;
  });
  return found;
}

function documentsIn(quoted: Buffer): readonly BodyCandidate[] {
  const start = quoted.toString('latin1', 0, 16);
  if (!MAY_HOLD_JSON.test(start)) return [];
  const text = unquoted(quoted);
  return BASE64_JSON.test(start) ? [{ make: () => Buffer.from(text, 'base64') }] : texts(text);
}

function unquoted(quoted: Buffer): string {
  try {
    return String(JSON.parse(quoted.toString()));
  } catch {
    return '';
  }
}

/** The objects that make up most of the whole: a smaller one is a mere part. */
function* largeObjects(subject: Subject, within: JsonNode): Iterable<BodyCandidate> {
  for (const node of childrenOf(within)) {
    if (node.end - node.start < subject.bytes.length / 2) continue;
    if (node.kind === 'object') yield { make: () => subject.bytes.subarray(node.start, node.end) };
    yield* largeObjects(subject, node);
  }
}

function childrenOf(node: JsonNode): readonly JsonNode[] {
  if (node.kind === 'object') return node.members.map(({ value }) => value);
  return node.kind === 'array' ? node.items : [];
}
