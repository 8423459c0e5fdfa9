/** A place in the memory of a check, and what is there at first. */
export class MemoryPlace<Value> {
  readonly make: () => Value;

  constructor(make: () => Value) {
    this.make = make;
  }
}

/** What one rule has found out or begun, and others use as well. */
export class CheckMemory {
  readonly #values = new Map<MemoryPlace<unknown>, unknown>();

  at<Value>(place: MemoryPlace<Value>): Value {
    if (!this.#values.has(place)) this.#values.set(place, place.make());
    // Only this place's own `make` puts anything there.
    return this.#values.get(place) as Value;
  }
}
