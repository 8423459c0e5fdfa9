import { type Exchange, type ExecuteOptions, unanswered } from './lab/lab.js';
import type { Laboratory } from './laboratory.js';
import { without } from './profile.js';
import { sorted } from './references.js';
import type { Script, ScriptResource } from './script.js';
import { type Difference, differences, isEqual, single } from './state/difference.js';
import type { Leaves } from './state/leaves.js';
import type { States } from './state/oracle.js';
import { settleAs } from './state/settle.js';

/** What the states of a script are held against. */
export type Measure =
  /** They equal the reference: the same events in order, where what came late may have been ignored. */
  | { readonly kind: 'same' }
  /** What decides is as after these events in order: fields beside it may differ. */
  | { readonly kind: 'decided'; readonly events: readonly string[] }
  /** What decides is as this script, delivered as it stands, leaves it. */
  | { readonly kind: 'decided-as'; readonly script: Script };

/** Which states are right: for each resource the expected one, and others that are right as well. */
export interface Expectation {
  readonly measure: Measure;
  readonly states: States;
  readonly allowed: readonly (readonly Leaves[])[];
}

export interface Trial {
  readonly script: Script;
  readonly exchanges: readonly Exchange[];
  readonly overlapped: boolean;
  /** Genuine web hooks that were never answered 200, however often they came. */
  readonly refused: readonly Exchange[];
  /** Where the state differs; empty when it is as it has to be. */
  readonly wrong: readonly Wrong[];
}

export interface Wrong {
  /** Index into the resources of the script. */
  readonly resource: number;
  readonly differences: readonly Difference[];
}

const MOST_IGNORED = 4;

/** Carries a script out and holds the states against what they have to be. The caller holds the gate. */
export async function tryOut(
  laboratory: Laboratory,
  script: Script,
  expectation: Expectation,
  options: ExecuteOptions = {},
): Promise<Trial> {
  const { lab, oracle } = laboratory;
  const execution = await lab.execute(script, options);
  const compare = comparison(laboratory, script, expectation);
  const settled = await settleAs(lab, oracle, execution, (states) =>
    states.every((leaves, index) => compare(leaves, index).length === 0),
  );
  const wrong = settled.isAsExpected ? [] : wrongOf(settled.states, compare);
  const { exchanges, overlapped } = execution;
  return { script, exchanges, overlapped, refused: unanswered(exchanges), wrong };
}

/** The states a script has to leave behind. Takes the gate itself. */
export async function expect(
  laboratory: Laboratory,
  script: Script,
  measure: Measure,
): Promise<Expectation> {
  const states = await expectedStates(laboratory, script, measure);
  if (measure.kind !== 'same') return { measure, states, allowed: [] };
  const allowed = await Promise.all(
    states.map((leaves, index) => alternatives(laboratory, script, index, leaves)),
  );
  return { measure, states, allowed };
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
  const found: Leaves[] = [];
  for (const ignored of subsets(late)) {
    const rest = events.filter((event) => !ignored.includes(event));
    if (ignored.length === 0 || rest.length === 0) continue;
    const leaves = await laboratory.references.of(resource, rest);
    if (decides(laboratory, resource, expected, leaves).length === 0) found.push(leaves);
  }
  return found;
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
    if (measure.kind === 'same' || resource === undefined) {
      const isAllowed = allowed[index]?.some((leaves) => isEqual(leaves, actual)) === true;
      return isAllowed ? [] : exactly(expected, actual);
    }
    return decides(laboratory, resource, expected, actual);
  };
}

function exactly(expected: Leaves, actual: Leaves): readonly Difference[] {
  return isEqual(expected, actual) ? [] : differences(expected, actual);
}

/** Where what decides differs: the deciding fields, what the last event adds to lists, and balances. */
export function decides(
  { kinds }: Laboratory,
  resource: ScriptResource,
  expected: Leaves,
  actual: Leaves,
): readonly Difference[] {
  const profile = kinds.find(({ name }) => name === resource.kind)?.profile;
  if (profile === undefined) return [];
  const scalars = profile.deciding
    .filter((path) => single(expected, path) !== single(actual, path))
    .map((path) => ({
      path,
      expected: single(expected, path),
      actual: single(actual, path),
    }));
  const lists = [...profile.added].flatMap(([path, added]) => {
    const wanted = added.filter((text) => expected.get(path)?.includes(text) === true);
    const missing = without(wanted, actual.get(path) ?? []);
    if (missing.length === 0) return [];
    const found = actual.get(path);
    return [{ path, expected: wanted.join(', '), actual: found?.join(', ') }];
  });
  return [...scalars, ...lists];
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
