/** Lets executions run side by side, some at once, or one alone while all others wait. */
export interface Gate {
  shared<Result>(work: () => Promise<Result>): Promise<Result>;
  alone<Result>(work: () => Promise<Result>): Promise<Result>;
  /** Alone as well, but only when nobody else waits. */
  idle<Result>(work: () => Promise<Result>): Promise<Result>;
  /** From now on at most this many at once. */
  limit(atOnce: number): void;
  readonly atOnce: number;
}

interface Waiting {
  readonly needs: 'place' | 'everything' | 'idleness';
  readonly start: () => void;
}

/** First come, first served, except that whoever wants to be alone goes before the others. */
export function createGate(initialLimit: number): Gate {
  const waiting: Waiting[] = [];
  let atOnce = initialLimit;
  let running = 0;
  let isAlone = false;

  const admit = () => {
    while (waiting.length > 0 && !isAlone) {
      const index = nextOf(waiting);
      const next = waiting[index];
      if (next === undefined) return;
      if (next.needs === 'place' ? running >= atOnce : running > 0) return;
      waiting.splice(index, 1);
      running += 1;
      isAlone = next.needs !== 'place';
      next.start();
    }
  };

  const pass = async <Result>(
    needs: Waiting['needs'],
    work: () => Promise<Result>,
  ): Promise<Result> => {
    await new Promise<void>((start) => {
      waiting.push({ needs, start });
      admit();
    });
    try {
      return await work();
    } finally {
      running -= 1;
      if (needs !== 'place') isAlone = false;
      admit();
    }
  };

  return {
    shared: (work) => pass('place', work),
    alone: (work) => pass('everything', work),
    idle: (work) => pass('idleness', work),
    limit: (wanted) => {
      atOnce = Math.max(1, wanted);
    },
    get atOnce() {
      return atOnce;
    },
  };
}

function nextOf(waiting: readonly Waiting[]): number {
  const alone = waiting.findIndex(({ needs }) => needs === 'everything');
  if (alone >= 0) return alone;
  return Math.max(
    0,
    waiting.findIndex(({ needs }) => needs === 'place'),
  );
}
