import type { LocatedEvent } from '../delivery/event-index.js';
import type { Batch } from '../delivery/plan.js';

/** The events of whole lives, in the order in which they happen. */
export interface LineUp {
  /** How many resources of each batch there are; the last few may lack their last event. */
  readonly resources: number;
  locate(sequence: number): LocatedEvent;
}

/**
 * Lines up so many events of lives that are lived side by side: so many resources have their first event
 * each, then their second, and so on until their lives are over, then as many others. So the events of
 * one resource do not all come at once. Each resource lives one life of every batch.
 */
export function lineUp(batches: readonly Batch[], events: number, abreast: number): LineUp {
  const places = batches.flatMap((batch, batchNumber) =>
    batch.events.map((event, eventNumber) => ({ batchNumber, eventNumber, event })),
  );
  const blockEvents = abreast * places.length;
  const lastBlock = Math.floor(Math.max(0, events - 1) / blockEvents);
  const lastAbreast = Math.ceil((events - lastBlock * blockEvents) / places.length);
  return {
    resources: lastBlock * abreast + lastAbreast,
    locate: (sequence) => {
      const block = Math.floor(sequence / blockEvents);
      const width = block === lastBlock ? lastAbreast : abreast;
      const within = sequence - block * blockEvents;
      const place = places[Math.floor(within / width)];
      if (place === undefined) throw new RangeError(`no event ${sequence} in the line`);
      const resource = block * abreast + (within % width);
      return { sequence, resource, planResource: resource, ...place };
    },
  };
}
