import { packagedSamples } from '../../src/adapters/sample-files.js';
import { createComposer } from '../../src/delivery/composer.js';
import { indexEvents } from '../../src/delivery/event-index.js';
import type { Plan } from '../../src/delivery/plan.js';
import { readSamples } from '../../src/delivery/read-samples.js';
import { createTruth, type Truth } from '../../src/mock-api/truth.js';

/** A truth whose plan time a test moves. */
export interface MovableTruth {
  readonly truth: Truth;
  moveTo(planMs: number): void;
}

export async function truthOf(plan: Plan): Promise<MovableTruth> {
  let nowMs = Number.POSITIVE_INFINITY;
  const samples = await readSamples(plan, packagedSamples);
  return {
    truth: createTruth(plan, { samples, planNow: () => nowMs }),
    moveTo: (planMs) => {
      nowMs = planMs;
    },
  };
}

/** What a resource is at a plan time, found the slow way: every event of the plan, one by one. */
export async function naiveTruth(plan: Plan, nowMs: number): Promise<ReadonlyMap<string, string>> {
  const samples = await readSamples(plan, packagedSamples);
  const composer = createComposer(plan, samples, { headers: [], signer: undefined });
  const index = indexEvents(plan);
  const bodies = new Map<string, string>();
  const latestMs = new Map<string, number>();
  for (let sequence = 0; sequence < index.events; sequence += 1) {
    const located = index.locate(sequence);
    const { resource } = composer.label(located);
    const { dueMs } = located.event;
    if (dueMs > nowMs || dueMs < (latestMs.get(resource) ?? 0)) continue;
    latestMs.set(resource, dueMs);
    bodies.set(resource, Buffer.from(composer.compose(located).body).toString());
  }
  return bodies;
}
