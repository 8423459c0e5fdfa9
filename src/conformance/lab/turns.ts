/** Lets work begin in the order in which it comes, some at a time. */
export class Turns {
  readonly #waiting: (() => void)[] = [];
  #atOnce: number;
  #running = 0;

  constructor(atOnce: number) {
    this.#atOnce = atOnce;
  }

  /** From now on at most this many at once. */
  limit(atOnce: number): void {
    this.#atOnce = Math.max(1, atOnce);
    this.#admit();
  }

  async take<Result>(work: () => Promise<Result>): Promise<Result> {
    await new Promise<void>((start) => {
      this.#waiting.push(start);
      this.#admit();
    });
    try {
      return await work();
    } finally {
      this.#running -= 1;
      this.#admit();
    }
  }

  #admit(): void {
    while (this.#running < this.#atOnce) {
      const start = this.#waiting.shift();
      if (start === undefined) return;
      this.#running += 1;
      start();
    }
  }
}
