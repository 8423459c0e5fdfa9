import { isUtf8 } from 'node:buffer';
import { parseTree } from '../json/parse-tree.js';
import type { JsonNode } from '../json/tree.js';
import type { Header } from '../ports.js';
import { type BodyFormat, formatOf } from './body/format.js';
import type { DiagnosisInput, Neighbour } from './diagnosis.js';
import { AS_THEY_ARE, hasDuplicates, type MemberOrder, rearrange } from './json/members.js';
import { type JsonSource, jsonSource } from './json/source.js';

/** JSON whose members were put in another order. */
export interface RearrangedJson {
  /** One character a byte. */
  readonly text: string;
  readonly json: JsonSource;
}

/**
 * A body under examination. It holds what was worked out about it: each thing is worked out once,
 * when first asked for, as most mistakes need little and a file may have a million bodies.
 */
export class Subject {
  readonly bytes: Buffer;
  readonly #entry: DiagnosisInput | undefined;

  #text: string | undefined;
  #latin1: string | undefined;
  #format: BodyFormat | undefined;
  #json: JsonSource | undefined;
  #tree: { readonly root: JsonNode | undefined } | undefined;
  #unique: { readonly json: JsonSource | undefined } | undefined;
  readonly #rearranged = new Map<string, RearrangedJson>();

  private constructor(bytes: Uint8Array, entry: DiagnosisInput | undefined) {
    this.bytes = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
    this.#entry = entry;
  }

  static ofEntry(entry: DiagnosisInput): Subject {
    return new Subject(entry.body, entry);
  }

  static ofBytes(bytes: Uint8Array): Subject {
    return new Subject(bytes, undefined);
  }

  /** What came with the body; a changed body comes with nothing. */
  get headers(): readonly Header[] {
    return this.#entry?.headers ?? [];
  }

  get neighbours(): readonly Neighbour[] {
    return this.#entry?.neighbours ?? [];
  }

  /** Read as UTF-8. */
  text(): string {
    this.#text ??= this.bytes.toString('utf8');
    return this.#text;
  }

  /** One character a byte. */
  latin1(): string {
    this.#latin1 ??= this.bytes.toString('latin1');
    return this.#latin1;
  }

  isAscii(): boolean {
    return /^[\0-\x7f]*$/.test(this.latin1());
  }

  /** True when it is UTF-8 without a fault. */
  isUtf8(): boolean {
    return isUtf8(this.bytes);
  }

  /** How its JSON is laid out. */
  format(): BodyFormat {
    this.#format ??= formatOf(this.latin1());
    return this.#format;
  }

  /** What it takes to write its JSON in other ways; of no meaning when it is not JSON. */
  json(): JsonSource {
    this.#json ??= jsonSource(() => this.latin1());
    return this.#json;
  }

  /** Its JSON, positions counted in bytes, or undefined when it is not JSON. */
  tree(): JsonNode | undefined {
    this.#tree ??= { root: parseTree(this.latin1()) };
    return this.#tree.root;
  }

  /** Its JSON with the last value of each name only; undefined when no name occurs twice. */
  uniqueJson(): JsonSource | undefined {
    this.#unique ??= { json: this.#withoutDuplicates() };
    return this.#unique.json;
  }

  #withoutDuplicates(): JsonSource | undefined {
    const tree = this.tree();
    if (tree === undefined || !hasDuplicates(tree)) return undefined;
    return this.rearranged(AS_THEY_ARE)?.json;
  }

  /** Its JSON, compact, with its members so; undefined when it is not JSON. */
  rearranged(order: MemberOrder): RearrangedJson | undefined {
    const tree = this.tree();
    if (tree === undefined) return undefined;
    const key = `${order.order} ${order.nulls}`;
    const known = this.#rearranged.get(key);
    if (known !== undefined) return known;
    const text = rearrange(tree, this.latin1(), order);
    const made = { text, json: jsonSource(() => text) };
    this.#rearranged.set(key, made);
    return made;
  }
}
