import type { Batch } from '../../delivery/plan.js';
import type { Outcome } from '../../ports.js';
import { isDelivered } from '../../webhook/scheme.js';
import type { LineUp } from '../line-up.js';

/** A resource of a load, by the batch it is of and its number within that. */
export interface LoadResource {
  readonly batchNumber: number;
  readonly resource: number;
}

/** Knows the resources of which every event of their lives was acknowledged. */
export class AcknowledgedLives {
  readonly #batches: readonly Batch[];
  readonly #line: LineUp;
  /** Of each batch: how many events of each resource were answered 200. */
  readonly #counts: readonly Uint16Array[];

  constructor(batches: readonly Batch[], line: LineUp) {
    this.#batches = batches;
    this.#line = line;
    this.#counts = batches.map(() => new Uint16Array(line.resources));
  }

  add(sequence: number, outcome: Outcome): void {
    if (!isDelivered(outcome)) return;
    const { batchNumber, resource } = this.#line.locate(sequence);
    const counts = this.#counts[batchNumber];
    if (counts !== undefined) counts[resource] = (counts[resource] ?? 0) + 1;
  }

  get count(): number {
    return this.#batches.reduce((sum, _, batchNumber) => sum + this.#whole(batchNumber).length, 0);
  }

  /** At most so many of each batch, spread evenly over the load, the last one among them. */
  sample(most: number): readonly LoadResource[] {
    return this.#batches.flatMap((_, batchNumber) => {
      const whole = this.#whole(batchNumber);
      const few = Math.min(most, whole.length);
      return Array.from({ length: few }, (_, place) => ({
        batchNumber,
        resource: whole[Math.ceil(((place + 1) * whole.length) / few) - 1] ?? 0,
      }));
    });
  }

  #whole(batchNumber: number): readonly number[] {
    const events = this.#batches[batchNumber]?.events.length ?? 0;
    const whole: number[] = [];
    for (const [resource, count] of (this.#counts[batchNumber] ?? []).entries()) {
      if (count >= events) whole.push(resource);
    }
    return whole;
  }
}
