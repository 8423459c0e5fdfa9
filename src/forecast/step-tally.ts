import type { ForecastStep } from './records.js';
import { stepOf } from './steps.js';

/** Steps after the recovery; when a simulation outgrows them, two become one. */
const ROOM = 512;

/** Where a tally begins, and its first length of a step. */
export interface StepTallyOptions {
  /** Plan time of the recovery. */
  readonly recoveryMs: number;
  /** How long before the recovery it begins. */
  readonly leadMs: number;
  readonly stepMs: number;
}

/** Counts attempts by the step they fall into, in constant memory. No step reaches over the recovery. */
export class StepTally {
  readonly #recoveryMs: number;
  readonly #leadMs: number;
  #stepMs: number;
  /** Steps before the recovery. */
  #lead: number;
  #attempts = new Float64Array(ROOM);
  #inVain = new Float64Array(ROOM);
  #late = new Float64Array(ROOM);
  #waitMs = new Float64Array(ROOM);

  constructor({ recoveryMs, leadMs, stepMs }: StepTallyOptions) {
    this.#recoveryMs = recoveryMs;
    this.#leadMs = leadMs;
    this.#stepMs = stepMs;
    this.#lead = Math.ceil(leadMs / stepMs);
  }

  get stepMs(): number {
    return this.#stepMs;
  }

  addInVain(atMs: number): void {
    const place = this.#count(atMs);
    if (place >= 0) this.#inVain[place] = (this.#inVain[place] ?? 0) + 1;
  }

  addServed(atMs: number, waitMs: number, isLate: boolean): void {
    const place = this.#count(atMs);
    if (place < 0) return;
    if (isLate) this.#late[place] = (this.#late[place] ?? 0) + 1;
    if (waitMs > (this.#waitMs[place] ?? 0)) this.#waitMs[place] = waitMs;
  }

  /** The steps until a time, which is counted from the recovery; the last one may reach beyond it. */
  steps(endMs: number): readonly ForecastStep[] {
    const stepMs = this.#stepMs;
    const steps = Math.min(ROOM, this.#lead + Math.ceil(endMs / stepMs));
    return Array.from({ length: steps }, (_, place) => {
      const fromMs = Math.max(-this.#leadMs, (place - this.#lead) * stepMs);
      const toMs = (place - this.#lead + 1) * stepMs;
      return stepOf(
        { fromMs, toMs },
        {
          attempts: this.#attempts[place] ?? 0,
          inVain: this.#inVain[place] ?? 0,
          late: this.#late[place] ?? 0,
          longestWaitMs: Math.round(this.#waitMs[place] ?? 0),
        },
      );
    });
  }

  /** Where it is counted; -1 for what is before the beginning. */
  #count(atMs: number): number {
    const sinceMs = atMs - this.#recoveryMs;
    if (sinceMs < -this.#leadMs) return -1;
    let place = Math.floor(sinceMs / this.#stepMs) + this.#lead;
    while (place >= ROOM) {
      this.#halve();
      place = Math.floor(sinceMs / this.#stepMs) + this.#lead;
    }
    this.#attempts[place] = (this.#attempts[place] ?? 0) + 1;
    return place;
  }

  #halve(): void {
    const lead = Math.ceil(this.#lead / 2);
    const moved = (place: number) => Math.floor((place - this.#lead) / 2) + lead;
    this.#attempts = folded(this.#attempts, moved, (one, other) => one + other);
    this.#inVain = folded(this.#inVain, moved, (one, other) => one + other);
    this.#late = folded(this.#late, moved, (one, other) => one + other);
    this.#waitMs = folded(this.#waitMs, moved, Math.max);
    this.#lead = lead;
    this.#stepMs *= 2;
  }
}

function folded(
  column: Float64Array,
  moved: (place: number) => number,
  together: (one: number, other: number) => number,
): Float64Array<ArrayBuffer> {
  const half = new Float64Array(column.length);
  column.forEach((value, place) => {
    half[moved(place)] = together(half[moved(place)] ?? 0, value);
  });
  return half;
}
