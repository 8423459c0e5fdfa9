import type { SampleFiles } from '../ports.js';
import { type EventName, eventNames } from '../webhook/kinds/names.js';
import { eventsOfPlan, type Samples } from './composer.js';
import type { Plan } from './plan.js';

/** The sample events a plan is made of, each read once. */
export function readSamples(plan: Plan, files: SampleFiles): Promise<Samples> {
  return readEach(eventsOfPlan(plan), files);
}

/** Every sample event there is. */
export function readAllSamples(files: SampleFiles): Promise<Samples> {
  return readEach(eventNames(), files);
}

async function readEach(events: readonly EventName[], files: SampleFiles): Promise<Samples> {
  const names = new Map(events.map((name) => [name.text, name]));
  const samples = [...names].map(
    async ([text, { kind, status }]) => [text, await files.read(kind.kind, status.name)] as const,
  );
  return new Map(await Promise.all(samples));
}
