// The room of states: the receiver's own idea of a resource, read, compared and waited for.
import { type ExactNumber, parseAmount } from '../../json/exact-number.js';
import type { ProbeReading } from '../../ports.js';
import { type ResourceUnderTest, TOKEN } from '../lab/courier.js';
import type { Execution } from '../lab/exchange.js';
import type { Lab } from '../lab/lab.js';
import type { Change } from './change.js';
import { isEqual, single } from './difference.js';
import { focusOn, type Owner } from './focus.js';
import { isWithin, type Leaves, readLeaves } from './leaves.js';
import { isWallTime, SOME_TIME } from './wall-time.js';

/** The states of the resources of an execution, in their order. */
export type States = readonly Leaves[];

export interface OracleOptions {
  readonly ignore: readonly string[];
  readonly only: readonly string[];
}

/** Reads states so that two resources compare, and knows how long the receiver takes to settle. */
export interface Oracle {
  /** From the last answer to the last change, in milliseconds: the longest that was seen. */
  readonly settleMs: number;
  /** Adds to what is known; what turns out to be masked or shared does not count. */
  learnSettling(changes: readonly Change[]): void;
  /** Starts anew. */
  relearnSettling(changes: readonly Change[]): void;
  /** How long after the last answer a state counts as settled, if it has not changed just now. */
  readonly quietMs: number;
  /** How long a state that has changed has to stay as it is. */
  readonly stillMs: number;
  /** How long after the last answer a difference is one. */
  readonly judgedAfterMs: number;
  readonly masked: ReadonlySet<string>;
  mask(path: string): void;
  unmask(path: string): void;
  /** Forgets what was masked. */
  unmaskAll(): void;
  /** Forgets all that was learned. */
  forget(): void;
  /** A state that was looked at earlier, without what has been masked since. */
  veil(leaves: Leaves): Leaves;
  /** Paths that tell of each delivery, such as a journal. They are no part of states. */
  readonly journals: ReadonlySet<string>;
  leaveOut(path: string): void;
  /** Numbers that all resources share, such as a balance. They are no part of states: see `balances`. */
  readonly cumulative: ReadonlySet<string>;
  accumulate(path: string): void;
  /** What the shared numbers are now, as the state of the first resource says. */
  balances(execution: Execution): Promise<ReadonlyMap<string, ExactNumber>>;
  look(execution: Execution): Promise<States>;
  /** With what is masked or shared in it as well. */
  lookAtAll(execution: Execution): Promise<States>;
}

const LEAST_QUIET_MS = 100;
const LEAST_STILL_MS = 50;
const LEAST_JUDGED_MS = 2_000;
/** `149.9 USD`, `€149.90`, `USDT 5`. */
const WITH_CURRENCY = /^(?:(?:[A-Z]{3,6}|\p{Sc})\s?)?(-?\d[\d.]*)(?:\s?(?:[A-Z]{3,6}|\p{Sc}))?$/u;
const VARIES = '(varies)';
/** How the path of the length of a list ends. */
const COUNT = ' count';

export function createOracle(lab: Lab, options: OracleOptions): Oracle {
  const masked = new Set<string>();
  const cumulative = new Set<string>();
  const journals = new Set<string>();
  let settling: readonly Change[] = [];
  /** What a state said last: most of the time it says the same again. */
  const latest = new WeakMap<
    ResourceUnderTest,
    { readonly reading: ProbeReading; readonly leaves: Leaves }
  >();

  const isOfStates = (path: string) =>
    isWanted(path, options) &&
    !masked.has(path) &&
    !cumulative.has(path) &&
    !isInJournal(path, journals);

  const settleMs = () =>
    Math.max(0, ...settling.filter(({ paths }) => paths.some(isOfStates)).map(({ ms }) => ms));

  const raw = (execution: Execution, reading: ProbeReading, index: number): Leaves => {
    const subject = execution.subjects[index];
    const before = subject && latest.get(subject);
    if (before !== undefined && isSameReading(before.reading, reading)) return before.leaves;
    const leaves = leavesOf(execution, reading, index);
    if (subject !== undefined) latest.set(subject, { reading, leaves });
    return leaves;
  };

  const leavesOf = (execution: Execution, reading: ProbeReading, index: number): Leaves =>
    readLeaves(
      reading,
      (text) => renamed(text, execution, index),
      lab.isProbeShared
        ? (state) => focusOn(state, (text) => ownerOf(text, execution, index))
        : undefined,
    );

  const comparable = (leaves: Leaves): Leaves => {
    const kept = new Map<string, readonly string[]>();
    for (const [path, texts] of leaves) {
      if (!isWanted(path, options) || cumulative.has(path)) continue;
      if (isInJournal(path, journals)) continue;
      kept.set(path, masked.has(path) ? texts.map(veiled) : texts.map(withoutTime));
    }
    return kept;
  };

  const withoutTime = (text: string) => (isWallTime(text, lab.clock.now()) ? SOME_TIME : text);

  const readAll = (execution: Execution) =>
    Promise.all(execution.subjects.map((subject) => lab.read(subject)));

  return {
    get settleMs() {
      return settleMs();
    },
    learnSettling: (changes) => {
      settling = [...settling, ...changes];
    },
    relearnSettling: (changes) => {
      settling = changes;
    },
    get quietMs() {
      return Math.max(2 * settleMs(), LEAST_QUIET_MS);
    },
    get stillMs() {
      return Math.max(settleMs(), LEAST_STILL_MS);
    },
    get judgedAfterMs() {
      return Math.max(5 * settleMs(), LEAST_JUDGED_MS);
    },
    masked,
    mask: (path) => masked.add(path),
    unmask: (path) => masked.delete(path),
    unmaskAll: () => masked.clear(),
    forget: () => {
      for (const known of [masked, cumulative, journals]) known.clear();
      settling = [];
    },
    veil: (leaves) =>
      new Map(
        [...leaves].map(([path, texts]) => [path, masked.has(path) ? texts.map(veiled) : texts]),
      ),
    journals,
    leaveOut: (path) => journals.add(path),
    cumulative,
    accumulate: (path) => cumulative.add(path),
    look: async (execution) => {
      const readings = await readAll(execution);
      return readings.map((reading, index) => comparable(raw(execution, reading, index)));
    },
    lookAtAll: async (execution) => {
      const readings = await readAll(execution);
      return readings.map((reading, index) => raw(execution, reading, index));
    },
    balances: async (execution) => {
      const [reading] = await readAll({ ...execution, subjects: execution.subjects.slice(0, 1) });
      const leaves = reading === undefined ? new Map() : raw(execution, reading, 0);
      return new Map(
        [...cumulative].flatMap((path) => {
          const value = parseNumber(single(leaves, path));
          return value === undefined ? [] : [[path, value] as const];
        }),
      );
    },
  };
}

function isSameReading(one: ProbeReading, other: ProbeReading): boolean {
  return (
    one.text === other.text &&
    one.status === other.status &&
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
  return parseAmount(amount);
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
