import { Chain, type Link } from '../chain.js';

/** Something to be told that its signal aborted. */
export interface Abortable {
  abort(): void;
}

/** A member that is told when its signal aborts. */
export interface Watched {
  readonly group: Group;
  readonly link: Link<Abortable>;
}

/**
 * Listens once to each signal, however many attempts share it: Node warns of a leak from the eleventh
 * listener on, and adding one costs more than the rest of an attempt's bookkeeping.
 */
export class AbortWatch {
  readonly #groups = new Map<AbortSignal, Group>();

  /** Nothing is watched where there is no signal. */
  add(signal: AbortSignal | undefined, member: Abortable): Watched | undefined {
    if (signal === undefined) return undefined;
    const group = this.#groups.get(signal) ?? this.#listen(signal);
    return { group, link: group.members.add(member) };
  }

  remove(watched: Watched | undefined): void {
    if (watched === undefined) return;
    const { signal, members, onAbort } = watched.group;
    members.remove(watched.link);
    if (members.first !== undefined || this.#groups.get(signal) !== watched.group) return;
    signal.removeEventListener('abort', onAbort);
    this.#groups.delete(signal);
  }

  #listen(signal: AbortSignal): Group {
    const members = new Chain<Abortable>();
    const onAbort = () => {
      for (let next = members.first; next !== undefined; next = members.first) {
        members.remove(next);
        next.member.abort();
      }
    };
    const group = { signal, members, onAbort };
    signal.addEventListener('abort', onAbort);
    this.#groups.set(signal, group);
    return group;
  }
}

interface Group {
  readonly signal: AbortSignal;
  readonly members: Chain<Abortable>;
  readonly onAbort: () => void;
}
