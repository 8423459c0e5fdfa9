/** What is put off, and can be called off all at once. */
export class Delays {
  readonly #timers = new Set<NodeJS.Timeout>();

  /** Does it at once where there is nothing to wait for. What it returns calls it off. */
  run(ms: number, work: () => void): () => void {
    if (ms === 0) {
      work();
      return () => undefined;
    }
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      work();
    }, ms);
    this.#timers.add(timer);
    return () => {
      clearTimeout(timer);
      this.#timers.delete(timer);
    };
  }

  /** What is still to come never does. */
  cancel(): void {
    for (const timer of this.#timers) clearTimeout(timer);
    this.#timers.clear();
  }
}
