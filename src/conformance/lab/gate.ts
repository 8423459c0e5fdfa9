/** Lets executions run side by side, some at once, or one alone while all others wait. */
export interface Gate {
  shared<Result>(work: () => Promise<Result>): Promise<Result>;
  /** With few others of its sort, and without what is shared: for work that wants a quiet receiver. */
  calm<Result>(work: () => Promise<Result>): Promise<Result>;
  alone<Result>(work: () => Promise<Result>): Promise<Result>;
  /** Alone as well, but only when nobody else waits. */
  idle<Result>(work: () => Promise<Result>): Promise<Result>;
  /** From now on at most this many at once. */
  limit(atOnce: number): void;
  /** From now on never more than half of what it is. */
  halve(): void;
  readonly atOnce: number;
}

/** In the order in which those who wait are let in. */
const SORTS = ['alone', 'calm', 'shared', 'idle'] as const;
type Sort = (typeof SORTS)[number];

interface Waiting {
  readonly sort: Sort;
  readonly start: () => void;
}

/** Calm work is several executions at a time itself. */
const SHARED_FOR_A_CALM = 5;

/** First come, first served among those of a sort. */
export function createGate(initialLimit: number, mostEver = Number.POSITIVE_INFINITY): Gate {
  const waiting: Waiting[] = [];
  const running: Record<Sort, number> = { alone: 0, calm: 0, shared: 0, idle: 0 };
  let most = mostEver;
  let atOnce = Math.min(initialLimit, most);

  const isFree = (sort: Sort): boolean => {
    const { alone, calm, shared, idle } = running;
    if (alone + idle > 0) return false;
    if (sort === 'shared') return calm === 0 && shared < atOnce;
    if (sort === 'calm') return shared === 0 && calm < Math.max(1, atOnce / SHARED_FOR_A_CALM);
    return calm + shared === 0;
  };

  const admit = () => {
    for (let next = nextOf(waiting); next !== undefined; next = nextOf(waiting)) {
      if (!isFree(next.sort)) return;
      waiting.splice(waiting.indexOf(next), 1);
      running[next.sort] += 1;
      next.start();
    }
  };

  const pass = async <Result>(sort: Sort, work: () => Promise<Result>): Promise<Result> => {
    await new Promise<void>((start) => {
      waiting.push({ sort, start });
      admit();
    });
    try {
      return await work();
    } finally {
      running[sort] -= 1;
      admit();
    }
  };

  return {
    shared: (work) => pass('shared', work),
    calm: (work) => pass('calm', work),
    alone: (work) => pass('alone', work),
    idle: (work) => pass('idle', work),
    limit: (wanted) => {
      atOnce = Math.max(1, Math.min(wanted, most));
      admit();
    },
    halve: () => {
      most = Math.max(1, Math.floor(atOnce / 2));
      atOnce = most;
    },
    get atOnce() {
      return atOnce;
    },
  };
}

function nextOf(waiting: readonly Waiting[]): Waiting | undefined {
  for (const sort of SORTS) {
    const next = waiting.find((one) => one.sort === sort);
    if (next !== undefined) return next;
  }
  return undefined;
}
