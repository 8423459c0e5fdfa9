/** Lets one attempt of a resource go after the other; what has a reason to goes beside it. */
export interface ResourceLines {
  /** Begins now if the line is free, else when everything before it has left. */
  enter(line: string | number, begin: () => void): void;
  /** Joins what is already under way. */
  enterBeside(line: string | number): void;
  leave(line: string | number): void;
}

export function createResourceLines(): ResourceLines {
  const underWay = new Map<string | number, number>();
  const waiting = new Map<string | number, (() => void)[]>();

  const beginNext = (line: string | number): void => {
    const queue = waiting.get(line);
    const next = queue?.shift();
    if (queue?.length === 0) waiting.delete(line);
    if (next === undefined) return;
    underWay.set(line, 1);
    next();
  };

  return {
    enter: (line, begin) => {
      if (!underWay.has(line)) {
        underWay.set(line, 1);
        return begin();
      }
      const queue = waiting.get(line);
      if (queue === undefined) waiting.set(line, [begin]);
      else queue.push(begin);
    },
    enterBeside: (line) => {
      underWay.set(line, (underWay.get(line) ?? 0) + 1);
    },
    leave: (line) => {
      const left = (underWay.get(line) ?? 1) - 1;
      if (left > 0) {
        underWay.set(line, left);
        return;
      }
      underWay.delete(line);
      beginNext(line);
    },
  };
}
