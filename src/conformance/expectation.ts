import { decides } from './decides.js';
import type { Laboratory } from './laboratory.js';
import { inOrder, sorted } from './references.js';
import { deliver, type Script } from './script.js';
import type { Leaves } from './state/leaves.js';
import type { States } from './state/oracle.js';

const MOST_IGNORED = 4;

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

/** A script and what its states are held against. */
export interface Held {
  readonly script: Script;
  readonly measure: Measure;
}

/** Which states are right: for each resource the expected one, and others that are right as well. */
export interface ExpectedStates {
  readonly measure: Measure;
  readonly states: States;
  readonly allowed: readonly (readonly Leaves[])[];
}

/**
 * The states a script has to leave behind. Takes the gate itself, for all that it takes it for, before
 * it waits: who takes the gate afterwards can wait for it there.
 */
export function expect(
  laboratory: Laboratory,
  script: Script,
  measure: Measure,
): Promise<ExpectedStates> {
  return heard(expectOf(laboratory, script, measure));
}

/** A promise that may fail before anybody waits for it. */
function heard<Result>(promise: Promise<Result>): Promise<Result> {
  promise.catch(() => undefined);
  return promise;
}

async function expectOf(
  laboratory: Laboratory,
  script: Script,
  measure: Measure,
): Promise<ExpectedStates> {
  if (measure.kind === 'in-turn') return expectInTurn(laboratory, script, measure);
  const expected = heard(expectedStates(laboratory, script, measure));
  if (measure.kind !== 'same') return { measure, states: await expected, allowed: [] };
  const allowed = await Promise.all(
    script.resources.map((_, index) => alternatives(laboratory, script, index, expected)),
  );
  return { measure, states: await expected, allowed };
}

/** One resource after the other, and the other way round: either may have been meant. */
async function expectInTurn(
  { references }: Laboratory,
  script: Script,
  measure: Measure,
): Promise<ExpectedStates> {
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
  const scripts = referenceScripts({ script, measure });
  return (await Promise.all(scripts.map((one) => references.ofScript(one)))).flat();
}

/** The scripts whose states count, each done as it stands. */
export function referenceScripts({ script, measure }: Held): readonly Script[] {
  if (measure.kind === 'decided-as') return [measure.script];
  if (measure.kind === 'in-turn') return turnsOf(script);
  return script.resources.map((resource, index) =>
    inOrder(resource, measure.kind === 'decided' ? measure.events : eventsOf(script, index)),
  );
}

/** The scripts whose states may be right as well, where they decide alike. */
export function alternativeScripts({ script, measure }: Held): readonly Script[] {
  if (measure.kind !== 'same') return [];
  return script.resources.flatMap((_, index) => withoutLate(script, index));
}

/**
 * The states that are right as well: a receiver may ignore what comes after something newer. Only
 * those count in which what decides is as expected.
 */
async function alternatives(
  laboratory: Laboratory,
  script: Script,
  index: number,
  expected: Promise<States>,
): Promise<readonly Leaves[]> {
  const resource = script.resources[index];
  if (resource === undefined) return [];
  const scripts = withoutLate(script, index);
  const found = await Promise.all(scripts.map((one) => laboratory.references.ofScript(one)));
  const right = (await expected)[index];
  return found
    .flat()
    .filter(
      (leaves) => right !== undefined && decides(laboratory, resource, right, leaves).length === 0,
    );
}

/** What comes of a resource in order, when some or all of what is late is left out. */
function withoutLate(script: Script, index: number): readonly Script[] {
  const resource = script.resources[index];
  if (resource === undefined) return [];
  const events = eventsOf(script, index);
  return subsets(lateEvents(script, index))
    .filter((ignored) => ignored.length > 0 && ignored.length < events.length)
    .map((ignored) => events.filter((event) => !ignored.includes(event)))
    .map((rest) => inOrder(resource, rest));
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
