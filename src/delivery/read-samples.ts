import type { SampleFiles } from '../ports.js';
import { eventsOfPlan, type Samples } from './composer.js';
import type { Plan } from './plan.js';

/** The sample events a plan is made of, each read once. */
export async function readSamples(plan: Plan, files: SampleFiles): Promise<Samples> {
  const names = new Map(eventsOfPlan(plan).map((name) => [name.text, name]));
  const samples = [...names].map(
    async ([text, { kind, status }]) => [text, await files.read(kind.kind, status.name)] as const,
  );
  return new Map(await Promise.all(samples));
}
