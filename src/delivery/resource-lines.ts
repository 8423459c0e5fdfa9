type LineName = string | number;

/** Lets one attempt of a resource go after the other; what has a reason to goes beside it. */
export interface ResourceLines {
  /** Begins now if the line is free, else when everything before it has left. */
  enter(line: LineName, begin: () => void): void;
  /** Joins what is already under way. */
  enterBeside(line: LineName): void;
  leave(line: LineName): void;
}

interface Waiter {
  readonly begin: () => void;
  next: Waiter | undefined;
}

interface Line {
  underWay: number;
  first: Waiter | undefined;
  last: Waiter | undefined;
}

export function createResourceLines(): ResourceLines {
  const lines = new Map<LineName, Line>();
  const vacated: LineName[] = [];
  let isCalling = false;

  const open = (name: LineName): Line => {
    const line = { underWay: 1, first: undefined, last: undefined };
    lines.set(name, line);
    return line;
  };

  /** In a loop, because what begins may leave at once: a long line would need a deep stack. */
  const callNext = (): void => {
    if (isCalling) return;
    isCalling = true;
    try {
      for (let name = vacated.pop(); name !== undefined; name = vacated.pop()) callFrom(name);
    } finally {
      isCalling = false;
    }
  };

  const callFrom = (name: LineName): void => {
    const line = lines.get(name);
    const next = line?.first;
    if (line === undefined || next === undefined) {
      lines.delete(name);
      return;
    }
    line.first = next.next;
    line.underWay = 1;
    next.begin();
  };

  return {
    enter: (name, begin) => {
      const line = lines.get(name);
      if (line === undefined) {
        open(name);
        return begin();
      }
      const waiter = { begin, next: undefined };
      if (line.first === undefined || line.last === undefined) line.first = waiter;
      else line.last.next = waiter;
      line.last = waiter;
    },
    enterBeside: (name) => {
      const line = lines.get(name);
      if (line === undefined) open(name);
      else line.underWay += 1;
    },
    leave: (name) => {
      const line = lines.get(name);
      if (line === undefined) return;
      line.underWay -= 1;
      if (line.underWay > 0) return;
      vacated.push(name);
      callNext();
    },
  };
}
