// The room of states: the receiver's own idea of a resource, read, compared and waited for.
import { type ExactNumber, parseAmount } from '../../json/exact-number.js';
import type { ProbeReading } from '../../ports.js';
import { type ResourceUnderTest, TOKEN } from '../lab/courier.js';
import type { Execution } from '../lab/exchange.js';
import type { Lab } from '../lab/lab.js';
import type { Change } from './change.js';
import { isEqual, single } from './difference.js';
import { focusOn, type Owner } from './focus.js';
import { isGrown } from './history.js';
import { isWithin, type Leaves, readLeaves } from './leaves.js';
import { isWallTime, SOME_TIME } from './wall-time.js';

/** The states of the resources of an execution, in their order. */
export type States = readonly Leaves[];

export interface OracleOptions {
  readonly ignore: readonly string[];
  readonly only: readonly string[];
}

const LEAST_QUIET_MS = 100;
const LEAST_STILL_MS = 50;
const LEAST_JUDGED_MS = 2_000;
/** `149.9 USD`, `€149.90`, `USDT 5`. */
const WITH_CURRENCY = /^(?:(?:[A-Z]{3,6}|\p{Sc})\s?)?(-?\d[\d.,]*)(?:\s?(?:[A-Z]{3,6}|\p{Sc}))?$/u;
/** `200,00` and `1.234,5`: a comma before one or two digits is a decimal one. `1,234` may be either. */
const DECIMAL_COMMA = /^-?(?:\d+|\d{1,3}(?:\.\d{3})+),\d{1,2}$/;
/** `1,234.50`: commas between thousands. */
const THOUSANDS = /^-?\d{1,3}(?:,\d{3})+\.\d+$/;
const VARIES = '(varies)';
/** How the path of the length of a list ends. */
const COUNT = ' count';

/** What states are read of. */
type StateLab = Pick<Lab, 'clock' | 'isProbeShared' | 'read'>;

/** Reads states so that two resources compare, and knows how long the receiver takes to settle. */
export class Oracle {
  readonly #lab: StateLab;
  readonly #options: OracleOptions;
  readonly #masked = new Set<string>();
  readonly #cumulative = new Set<string>();
  readonly #journals = new Set<string>();
  /** Of the journals those that only tell of the last web hook. */
  readonly #echoes = new Set<string>();
  /** Paths of strings that are lists of what has been. */
  readonly #histories = new Set<string>();
  #settling: readonly Change[] = [];
  /** Of what has been learned; undefined when something was learned since. */
  #settleMs: number | undefined;
  /** What a state said last: most of the time it says the same again. */
  readonly #latest = new WeakMap<ResourceUnderTest, LastReading>();

  constructor(lab: StateLab, options: OracleOptions) {
    this.#lab = lab;
    this.#options = options;
  }

  /** From the last answer to the last change, in milliseconds: the longest that was seen. */
  get settleMs(): number {
    this.#settleMs ??= this.#longestMs();
    return this.#settleMs;
  }

  /** How long after the last answer a state counts as settled, if it has not changed just now. */
  get quietMs(): number {
    return Math.max(2 * this.settleMs, LEAST_QUIET_MS);
  }

  /** How long a state that has changed has to stay as it is. */
  get stillMs(): number {
    return Math.max(this.settleMs, LEAST_STILL_MS);
  }

  /** How long after the last answer a difference is one. */
  get judgedAfterMs(): number {
    return Math.max(5 * this.settleMs, LEAST_JUDGED_MS);
  }

  get masked(): ReadonlySet<string> {
    return this.#masked;
  }

  /** Paths that tell of each delivery, such as a journal. They are no part of states. */
  get journals(): ReadonlySet<string> {
    return this.#journals;
  }

  /** Numbers that all resources share, such as a balance. They are no part of states: see `balances`. */
  get cumulative(): ReadonlySet<string> {
    return this.#cumulative;
  }

  /** Adds to what is known; what turns out to be masked or shared does not count. */
  learnSettling(changes: readonly Change[]): void {
    this.#settleMs = undefined;
    this.#settling = [...this.#settling, ...changes];
  }

  /** Starts anew. */
  relearnSettling(changes: readonly Change[]): void {
    this.#settleMs = undefined;
    this.#settling = changes;
  }

  mask(path: string): void {
    this.#settleMs = undefined;
    this.#masked.add(path);
  }

  unmask(path: string): void {
    this.#settleMs = undefined;
    this.#masked.delete(path);
  }

  /** Forgets what was masked. */
  unmaskAll(): void {
    this.#settleMs = undefined;
    this.#masked.clear();
  }

  /** Leaves out what only tells of the last web hook. */
  echo(path: string): void {
    this.#settleMs = undefined;
    this.#echoes.add(path);
  }

  get echoes(): ReadonlySet<string> {
    return this.#echoes;
  }

  leaveOut(path: string): void {
    this.#settleMs = undefined;
    this.#journals.add(path);
  }

  accumulate(path: string): void {
    this.#settleMs = undefined;
    this.#cumulative.add(path);
  }

  /** Forgets all that was learned. */
  forget(): void {
    this.#settleMs = undefined;
    for (const known of [
      this.#masked,
      this.#cumulative,
      this.#journals,
      this.#echoes,
      this.#histories,
    ])
      known.clear();
    this.#settling = [];
  }

  /** A state that was looked at earlier, without what has been masked since. */
  veil(leaves: Leaves): Leaves {
    return new Map(
      [...leaves].map(([path, texts]) => [
        path,
        this.#masked.has(path) ? texts.map(veiled) : texts,
      ]),
    );
  }

  async look(execution: Execution): Promise<States> {
    const states = await this.lookAtAll(execution);
    return states.map((leaves) => this.#comparable(leaves));
  }

  /** With what is masked or shared in it as well. */
  async lookAtAll(execution: Execution): Promise<States> {
    const { subjects } = execution;
    const readings = await Promise.all(subjects.map((subject) => this.#lab.read(subject)));
    return readings.map((reading, index) => this.#leaves(execution, reading, index));
  }

  /** What the shared numbers are now, as the state of the first resource says. */
  async balances(execution: Execution): Promise<ReadonlyMap<string, ExactNumber>> {
    const [first] = execution.subjects;
    const leaves =
      first === undefined ? new Map() : this.#leaves(execution, await this.#lab.read(first), 0);
    return new Map(
      [...this.#cumulative].flatMap((path) => {
        const value = parseNumber(single(leaves, path));
        return value === undefined ? [] : [[path, value] as const];
      }),
    );
  }

  #longestMs(): number {
    const counted = this.#settling.filter(({ paths }) =>
      paths.some((path) => this.#isOfStates(path)),
    );
    return Math.max(0, ...counted.map(({ ms }) => ms));
  }

  #isOfStates(path: string): boolean {
    return (
      isWanted(path, this.#options) &&
      !this.#masked.has(path) &&
      !this.#cumulative.has(path) &&
      !isInJournal(path, this.#journals)
    );
  }

  #leaves(execution: Execution, reading: ProbeReading, index: number): Leaves {
    const subject = execution.subjects[index];
    const before = subject && this.#latest.get(subject);
    if (before !== undefined && isSameReading(before.reading, reading)) return before.leaves;
    const read = () =>
      readLeaves(
        reading,
        (text) => renamed(text, execution, index),
        this.#lab.isProbeShared
          ? (state) => focusOn(state, (text) => ownerOf(text, execution, index))
          : undefined,
        this.#histories,
      );
    let leaves = read();
    const grown = before === undefined ? [] : grownStrings(before.leaves, leaves);
    for (const path of grown) this.#histories.add(path);
    if (grown.length > 0) leaves = read();
    if (subject !== undefined) this.#latest.set(subject, { reading, leaves });
    return leaves;
  }

  #comparable(leaves: Leaves): Leaves {
    const kept = new Map<string, readonly string[]>();
    const nowMs = this.#lab.clock.now();
    const withoutTime = (text: string) => (isWallTime(text, nowMs) ? SOME_TIME : text);
    for (const [path, texts] of leaves) {
      if (!isWanted(path, this.#options) || this.#cumulative.has(path)) continue;
      if (isInJournal(path, this.#journals)) continue;
      kept.set(path, texts.map(this.#masked.has(path) ? veiled : withoutTime));
    }
    return kept;
  }
}

/** Where a string has become longer by an entry of a history. */
function grownStrings(earlier: Leaves, later: Leaves): readonly string[] {
  return [...later.keys()].filter((path) => {
    const [was, is] = [single(earlier, path), single(later, path)];
    return (
      was?.startsWith('"') === true && is !== undefined && isGrown(unquoted(was), unquoted(is))
    );
  });
}

function unquoted(text: string): string {
  return text.replace(/^"(.*)"$/s, '$1');
}

interface LastReading {
  readonly reading: ProbeReading;
  readonly leaves: Leaves;
}

function isSameReading(one: ProbeReading, other: ProbeReading): boolean {
  return (
    one.text === other.text &&
    one.status === other.status &&
    one.ended?.exitCode === other.ended?.exitCode &&
    one.ended?.isNothingYet === other.ended?.isNothingYet &&
    one.unread === undefined &&
    other.unread === undefined
  );
}

export function areEqual(expected: States, actual: States): boolean {
  return (
    expected.length === actual.length &&
    expected.every((leaves, index) => isEqual(leaves, actual[index] ?? new Map()))
  );
}

/** The number a leaf says, also when it says it in a string, or with a currency beside it. */
export function parseNumber(leaf: string | undefined): ExactNumber | undefined {
  if (leaf === undefined) return undefined;
  const text = leaf.replace(/^"(.*)"$/, '$1');
  const [, amount = text] = WITH_CURRENCY.exec(text) ?? [];
  return parseAmount(withPoint(amount));
}

function withPoint(amount: string): string {
  if (DECIMAL_COMMA.test(amount)) return amount.replaceAll('.', '').replace(',', '.');
  return THOUSANDS.test(amount) ? amount.replaceAll(',', '') : amount;
}

/** The ids of the resource itself have no letter: its state is compared with that of any other. */
function renamed(text: string, { subjects }: Execution, own: number): string {
  const owners = [subjects[own], ...subjects.filter((_, index) => index !== own)];
  for (const [place, subject] of owners.entries()) {
    const isGiven = [...(subject?.renames.values() ?? [])].includes(text);
    const alias = isGiven ? subject?.aliases.get(text.toLowerCase()) : undefined;
    if (alias !== undefined) return `‹${place === 0 ? '' : subject?.letter}${alias}›`;
  }
  return text.replace(TOKEN, (token) => {
    for (const [place, subject] of owners.entries()) {
      const { aliases } = subject ?? NOBODY;
      const alias = aliases.get(token.toLowerCase()) ?? unprefixed(aliases, token);
      if (alias !== undefined) return `‹${place === 0 ? '' : subject?.letter}${alias}›`;
    }
    return token;
  });
}

/** Whose ids a text has in it, once those of the resource have their place-holders. */
function ownerOf(text: string, execution: Execution, own: number): Owner {
  const told = renamed(text, execution, own);
  if (told.includes('‹id ')) return 'own';
  return told.includes('‹') || told.search(TOKEN) >= 0 ? 'foreign' : 'nobody';
}

const NOBODY = { aliases: new Map<string, string>() };

/** A receiver that keeps only the UUID of an id. */
function unprefixed(aliases: ReadonlyMap<string, string>, token: string): string | undefined {
  if (!/^[0-9a-f]{8}-/i.test(token)) return undefined;
  const found = [...aliases].find(([known]) => known.endsWith(`-${token.toLowerCase()}`));
  return found?.[1];
}

function isWanted(path: string, { ignore, only }: OracleOptions): boolean {
  if (ignore.some((wanted) => isWithin(path, wanted))) return false;
  return only.length === 0 || only.some((wanted) => isWithin(path, wanted));
}

/** A list that is a journal takes everything in it along. */
export function isInJournal(path: string, journals: ReadonlySet<string>): boolean {
  if (journals.size === 0) return false;
  return [...journals].some(
    (journal) => path === journal || (isCount(journal) && path.startsWith(listOf(journal))),
  );
}

function isCount(path: string): boolean {
  return path.endsWith(COUNT);
}

function listOf(path: string): string {
  return path.slice(0, -COUNT.length);
}

function veiled(text: string): string {
  return text === 'null' ? text : VARIES;
}
