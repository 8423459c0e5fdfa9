import {
  type Exchange,
  type ExecuteOptions,
  type Execution,
  isLimited,
  unanswered,
} from './lab/lab.js';
import type { Laboratory } from './laboratory.js';
import { without } from './profile.js';
import { sorted } from './references.js';
import { deliver, type Script, type ScriptResource } from './script.js';
import { type Difference, differences, isEqual, single } from './state/difference.js';
import type { Leaves } from './state/leaves.js';
import { parseNumber, type States } from './state/oracle.js';
import { settleAs } from './state/settle.js';

/** What the states of a script are held against. */
export type Measure =
  /** They equal the reference: the same events in order, where what came late may have been ignored. */
  | { readonly kind: 'same' }
  /** They equal the reference, and nothing else will do. */
  | { readonly kind: 'equal' }
  /** What decides is as after these events in order: fields beside it may differ. */
  | { readonly kind: 'decided'; readonly events: readonly string[] }
  /** What decides is as this script, delivered as it stands, leaves it. */
  | { readonly kind: 'decided-as'; readonly script: Script }
  /** What decides is as when the resources come one after the other, whichever is first. */
  | { readonly kind: 'in-turn' };

/** Which states are right: for each resource the expected one, and others that are right as well. */
export interface Expectation {
  readonly measure: Measure;
  readonly states: States;
  readonly allowed: readonly (readonly Leaves[])[];
}

export interface Trial {
  readonly script: Script;
  readonly execution: Execution;
  readonly exchanges: readonly Exchange[];
  readonly overlapped: boolean;
  /** Genuine web hooks that were never answered 200, however often they came. */
  readonly refused: readonly Exchange[];
  /** Some were answered 429 whenever they came, so that nothing can be told. */
  readonly limited: boolean;
  /** Where the state differs; empty when it is as it has to be. */
  readonly wrong: readonly Wrong[];
}

export interface Wrong {
  /** Index into the resources of the script. */
  readonly resource: number;
  readonly differences: readonly Difference[];
}

const MOST_IGNORED = 4;
const TIME_STAMP = /^"\d{4}-\d\d-\d\d[T ]\d\d:\d\d/;

/** Carries a script out and holds the states against what they have to be. The caller holds the gate. */
export async function tryOut(
  laboratory: Laboratory,
  script: Script,
  expectation: Expectation,
  options: ExecuteOptions = {},
  patienceMs = laboratory.oracle.judgedAfterMs,
): Promise<Trial> {
  const { lab, oracle } = laboratory;
  const execution = await lab.execute(script, options);
  const compare = comparison(laboratory, script, expectation);
  const isExpected = (states: States) =>
    states.every((leaves, index) => compare(leaves, index).length === 0);
  const settled = await settleAs(lab, oracle, execution, isExpected, patienceMs);
  const wrong = settled.isAsExpected ? [] : wrongOf(settled.states, compare);
  const { exchanges, overlapped } = execution;
  const refused = unanswered(exchanges);
  const limited = refused.some(isLimited);
  return { script, execution, exchanges, overlapped, refused, limited, wrong };
}

/** What is wrong now with the states a trial left behind: a slow receiver has caught up by then. */
export async function wrongNow(
  laboratory: Laboratory,
  { script, execution }: Trial,
  expectation: Expectation,
): Promise<readonly Wrong[]> {
  const states = await laboratory.oracle.look(execution);
  return wrongOf(states, comparison(laboratory, script, expectation));
}

/** The states a script has to leave behind. Takes the gate itself. */
export async function expect(
  laboratory: Laboratory,
  script: Script,
  measure: Measure,
): Promise<Expectation> {
  if (measure.kind === 'in-turn') return expectInTurn(laboratory, script, measure);
  const states = await expectedStates(laboratory, script, measure);
  if (measure.kind !== 'same') return { measure, states, allowed: [] };
  const allowed = await Promise.all(
    states.map((leaves, index) => alternatives(laboratory, script, index, leaves)),
  );
  return { measure, states, allowed };
}

/** One resource after the other, and the other way round: either may have been meant. */
async function expectInTurn(
  { references }: Laboratory,
  script: Script,
  measure: Measure,
): Promise<Expectation> {
  const [states = [], ...others] = await Promise.all(
    turnsOf(script).map((turn) => references.ofScript(turn)),
  );
  const allowed = script.resources.map((_, index) => others.flatMap((other) => other[index] ?? []));
  return { measure, states, allowed };
}

/** The events of each resource in order and once, the first resource first, and the last first. */
export function turnsOf(script: Script): readonly Script[] {
  const lives = script.resources.map((_, index) =>
    eventsOf(script, index).map((event) => deliver(event, index)),
  );
  return [lives, lives.toReversed()].map((turn) => ({ ...script, steps: turn.flat() }));
}

async function expectedStates(
  { references }: Laboratory,
  script: Script,
  measure: Measure,
): Promise<States> {
  if (measure.kind === 'decided-as') return references.ofScript(measure.script);
  return Promise.all(
    script.resources.map((resource, index) =>
      references.of(
        resource,
        measure.kind === 'decided' ? measure.events : eventsOf(script, index),
      ),
    ),
  );
}

/**
 * The states that are right as well: a receiver may ignore what comes after something newer. Only
 * those count in which what decides is as expected.
 */
async function alternatives(
  laboratory: Laboratory,
  script: Script,
  index: number,
  expected: Leaves,
): Promise<readonly Leaves[]> {
  const resource = script.resources[index];
  if (resource === undefined) return [];
  const events = eventsOf(script, index);
  const late = lateEvents(script, index);
  const rests = subsets(late)
    .filter((ignored) => ignored.length > 0 && ignored.length < events.length)
    .map((ignored) => events.filter((event) => !ignored.includes(event)));
  const found = await Promise.all(rests.map((rest) => laboratory.references.of(resource, rest)));
  return found.filter((leaves) => decides(laboratory, resource, expected, leaves).length === 0);
}

/** The genuine events of a resource in a script, in the order of its life. */
export function eventsOf(script: Script, index: number): readonly string[] {
  const resource = script.resources[index];
  const events = script.steps
    .flatMap(({ deliveries }) => deliveries)
    .filter((delivery) => delivery.resource === index && delivery.variant?.forge === undefined)
    .map(({ event }) => event);
  return sorted(resource?.kind ?? '', events);
}

/** Events that first came after, or together with, an event that happened later. */
function lateEvents(script: Script, index: number): readonly string[] {
  const events = eventsOf(script, index);
  const firstStep = (event: string) =>
    script.steps.findIndex(({ deliveries }) =>
      deliveries.some((delivery) => delivery.resource === index && delivery.event === event),
    );
  return events.filter((event, place) =>
    events.slice(place + 1).some((later) => firstStep(later) <= firstStep(event)),
  );
}

function subsets(events: readonly string[]): readonly (readonly string[])[] {
  const some = events.slice(0, MOST_IGNORED);
  return Array.from({ length: 2 ** some.length }, (_, bits) =>
    some.filter((_event, place) => (bits & (1 << place)) !== 0),
  );
}

type Compare = (actual: Leaves, index: number) => readonly Difference[];

function comparison(
  laboratory: Laboratory,
  script: Script,
  { measure, states, allowed }: Expectation,
): Compare {
  return (actual, index) => {
    const expected = states[index] ?? new Map();
    const resource = script.resources[index];
    if (measure.kind === 'same' || measure.kind === 'equal' || resource === undefined) {
      const isAllowed = allowed[index]?.some((leaves) => isEqual(leaves, actual)) === true;
      if (isAllowed || isEqual(expected, actual)) return [];
      const deciding = profileOf(laboratory, resource)?.deciding ?? [];
      return differences(expected, actual).filter(
        (one) => !laboratory.oracle.masked.has(one.path) && !isTimeBeside(one, deciding),
      );
    }
    const found = [expected, ...(allowed[index] ?? [])].map((leaves) =>
      decides(laboratory, resource, leaves, actual),
    );
    return found.find((wrong) => wrong.length === 0) ?? found[0] ?? [];
  };
}

/** A time stamp from a body that does not decide: which event it is taken from is the receiver's affair. */
function isTimeBeside({ path, expected, actual }: Difference, deciding: readonly string[]) {
  if (expected === undefined || actual === undefined || deciding.includes(path)) return false;
  return TIME_STAMP.test(expected) && TIME_STAMP.test(actual);
}

/**
 * Where what decides differs: the deciding fields, and what the last event adds to lists. Words in
 * lists count only where there are no such fields: they may tell of a change from what was before.
 */
export function decides(
  laboratory: Laboratory,
  resource: ScriptResource,
  expected: Leaves,
  actual: Leaves,
): readonly Difference[] {
  const profile = profileOf(laboratory, resource);
  if (profile === undefined) return [];
  const { masked } = laboratory.oracle;
  const scalars = profile.deciding
    .filter((path) => !masked.has(path) && single(expected, path) !== single(actual, path))
    .map((path) => ({
      path,
      expected: single(expected, path),
      actual: single(actual, path),
    }));
  const lists = [...profile.added].flatMap(([path, added]) => {
    if (masked.has(path)) return [];
    const wanted = added.filter(
      (text) =>
        expected.get(path)?.includes(text) === true &&
        (profile.deciding.length === 0 || parseNumber(text) !== undefined),
    );
    const missing = without(wanted, actual.get(path) ?? []);
    if (missing.length === 0) return [];
    const found = actual.get(path);
    return [{ path, expected: wanted.join(', '), actual: found?.join(', ') }];
  });
  return [...scalars, ...lists];
}

function profileOf({ kinds }: Laboratory, resource: ScriptResource | undefined) {
  return kinds.find(({ name }) => name === resource?.kind)?.profile;
}

function wrongOf(states: States, compare: Compare): readonly Wrong[] {
  return states.flatMap((leaves, resource) => {
    const found = compare(leaves, resource);
    return found.length === 0 ? [] : [{ resource, differences: found }];
  });
}

/** Whether the receiver took what came and left the right state. */
export function isRight({ wrong, refused }: Trial): boolean {
  return wrong.length === 0 && refused.length === 0;
}
