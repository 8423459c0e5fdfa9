/** Wakes one waiter. Each way of waiting ends at the next ring. */
export interface Bell {
  ring(): void;
  rung(): Promise<void>;
  rungSignal(): AbortSignal;
}

export function createBell(): Bell {
  let wake: (() => void) | undefined;
  return {
    ring: () => {
      wake?.();
      wake = undefined;
    },
    rung: () =>
      new Promise((resolve) => {
        wake = resolve;
      }),
    rungSignal: () => {
      const controller = new AbortController();
      wake = () => controller.abort();
      return controller.signal;
    },
  };
}
