import { type BalanceChanges, type Counted, changeOf, isSameChange } from './balance-change.js';
import { MemoryPlace } from './check-memory.js';
import type { Case } from './confirm.js';
import { referenceScripts } from './expectation.js';
import { sortsInTurn } from './in-turn.js';
import type { Laboratory } from './laboratory.js';
import type { Story } from './rule.js';
import { countDeliveries, type Script } from './script.js';

const MOST_CASES = 20;
const AT_ONCE = 16;
const RERUNS = 5;
/** Deliveries that race do not show it every time. */
const RERUNS_OF_A_RACE = 15;
/** Each costs the time after which a difference is one. */
const ENOUGH = 3;
const SHORT_LIFE_MS = 150;
/** Once a miscount is found, others are looked for no longer than this, over all rules. */
const LONGEST_SEARCH_MS = 15_000;

/** Cases of several rules that wait to be counted together. */
interface CaseBatch {
  readonly cases: Case[];
  readonly isMiscounted: Promise<boolean>;
}

const BATCH = new MemoryPlace<{ open: CaseBatch | undefined }>(() => ({ open: undefined }));

/**
 * Holds what the cases add to the balances that all resources share against what their references
 * add: those of many rules at once first, and one by one only when the sums differ. Tells the
 * smallest that differs.
 */
export async function findMiscount(
  laboratory: Laboratory,
  cases: readonly Case[],
): Promise<Story | undefined> {
  if (laboratory.witness === undefined) return undefined;
  const chosen = chosenOf(cases);
  if (!(await areMiscountedTogether(laboratory, chosen))) return undefined;
  return laboratory.gate.alone(async () => {
    const { clock } = laboratory.lab;
    const startMs = clock.monotonic();
    const search = laboratory.memory.at(SEARCH);
    const isEnough = () =>
      search.hasFound && search.spentMs + clock.monotonic() - startMs > LONGEST_SEARCH_MS;
    if (isEnough() || !(await isMiscounted(laboratory, chosen))) return undefined;
    const story = await firstMiscount(laboratory, chosen, isEnough);
    search.spentMs += clock.monotonic() - startMs;
    search.hasFound ||= story !== undefined;
    return story;
  });
}

/** What looking for miscounts has cost so far: each rule looks by itself, and each look takes seconds. */
const SEARCH = new MemoryPlace(() => ({ spentMs: 0, hasFound: false }));

async function firstMiscount(
  laboratory: Laboratory,
  cases: readonly Case[],
  isEnough: () => boolean,
): Promise<Story | undefined> {
  for (const item of withoutCopies(cases)) {
    if (laboratory.lab.isOver || isEnough()) return undefined;
    const story = await miscountOf(laboratory, item);
    if (story !== undefined) return story;
  }
  return undefined;
}

/** Small ones, and of every kind and number of orders before the second of any. */
function chosenOf(cases: readonly Case[]): readonly Case[] {
  const small = distinct(cases).toSorted(
    (one, other) => countDeliveries(one.script) - countDeliveries(other.script),
  );
  const inTurn = sortsInTurn(small, ({ script: { resources } }) => {
    const orders = new Set(resources.map(({ order }) => order)).size;
    return `${resources[0]?.kind} ${orders}`;
  });
  return inTurn.slice(0, MOST_CASES);
}

/** A race is not lost every time, so that copies of one are done as well. */
function distinct(cases: readonly Case[]): readonly Case[] {
  return [
    ...withoutCopies(cases.filter(({ isRace }) => isRace !== true)),
    ...cases.filter(({ isRace }) => isRace === true),
  ];
}

function withoutCopies(cases: readonly Case[]): readonly Case[] {
  return [...new Map(cases.map((item) => [JSON.stringify(item.script), item])).values()];
}

function areMiscountedTogether(laboratory: Laboratory, chosen: readonly Case[]): Promise<boolean> {
  const batch = laboratory.memory.at(BATCH);
  if (batch.open !== undefined) {
    batch.open.cases.push(...chosen);
    return batch.open.isMiscounted;
  }
  const cases = [...chosen];
  const isMiscountedTogether = laboratory.gate.idle(() => {
    batch.open = undefined;
    const isQuickEnough = laboratory.pace.lifeMs < SHORT_LIFE_MS;
    return isMiscounted(laboratory, distinct(cases), isQuickEnough ? 1 : AT_ONCE);
  });
  batch.open = { cases, isMiscounted: isMiscountedTogether };
  return isMiscountedTogether;
}

/**
 * Whether a single script changes the balances otherwise than its reference, and does so again: what came
 * before it may still be at work the first time. Takes the gate.
 */
export async function miscounts(laboratory: Laboratory, item: Case): Promise<boolean> {
  if (laboratory.witness === undefined) return false;
  return laboratory.gate.alone(async () => {
    const isSeen = await isMiscounted(laboratory, [item]);
    return isSeen && (await isMiscounted(laboratory, [item]));
  });
}

async function isMiscounted(
  laboratory: Laboratory,
  cases: readonly Case[],
  referencesAtOnce = 1,
): Promise<boolean> {
  const expected = await referenceChanges(laboratory, cases, referencesAtOnce);
  const scripts = cases.map(({ script }) => script);
  const found = await changeOf(laboratory, scripts, { atOnce: AT_ONCE, expected });
  return !isSameChange(expected, found.changes);
}

/** One after the other, unless told otherwise: resources that come together may disturb each other. */
async function referenceChanges(
  laboratory: Laboratory,
  cases: readonly Case[],
  atOnce = 1,
): Promise<BalanceChanges> {
  const { changes } = await changeOf(laboratory, cases.flatMap(turnsToCount), { atOnce });
  return changes;
}

async function miscountOf(laboratory: Laboratory, item: Case): Promise<Story | undefined> {
  const { script, measure } = item;
  const isRace = script.steps.some(({ deliveries }) => deliveries.length > 1);
  if (!isRace && !(await isMiscounted(laboratory, [item]))) return undefined;
  const expected = await referenceChanges(laboratory, [item]);
  const reruns = isRace ? RERUNS_OF_A_RACE : RERUNS;
  const again: Counted[] = [];
  const failures = () => again.filter(({ changes }) => !isSameChange(expected, changes));
  while (again.length < reruns && failures().length < ENOUGH && !laboratory.lab.isOver) {
    again.push(await changeOf(laboratory, [script], { atOnce: 1, expected }));
  }
  const failed = failures();
  const [shown] = failed;
  if (shown === undefined || laboratory.lab.isOver) return undefined;
  const differences = [...expected].flatMap(([path, text]) => {
    const actual = shown.changes.get(path);
    return actual === text
      ? []
      : [{ path, expected: signed(text), actual: actual && signed(actual) }];
  });
  return {
    script,
    exchanges: shown.exchanges,
    wrong: [{ resource: 0, differences }],
    times: { failed: failed.length, of: again.length },
    measure,
  };
}

/** Of the two turns one is enough: the sum is the same. */
function turnsToCount(item: Case): readonly Script[] {
  const scripts = referenceScripts(item);
  return item.measure.kind === 'in-turn' ? scripts.slice(0, 1) : scripts;
}

function signed(change: string): string {
  return change.startsWith('-') ? change : `+${change}`;
}
