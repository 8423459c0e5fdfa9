/** Something to be told that its signal aborted. */
export interface Abortable {
  abort(): void;
}

/**
 * Listens once to each signal, however many attempts share it: Node warns of a leak from the eleventh
 * listener on, and adding one costs more than the rest of an attempt's bookkeeping.
 */
export class AbortWatch {
  readonly #groups = new Map<AbortSignal, Group>();

  add(signal: AbortSignal, member: Abortable): void {
    const group = this.#groups.get(signal) ?? this.#listen(signal);
    group.members.add(member);
  }

  remove(signal: AbortSignal, member: Abortable): void {
    const group = this.#groups.get(signal);
    if (!group?.members.delete(member) || group.members.size > 0) return;
    signal.removeEventListener('abort', group.onAbort);
    this.#groups.delete(signal);
  }

  #listen(signal: AbortSignal): Group {
    const members = new Set<Abortable>();
    const onAbort = () => {
      for (const member of [...members]) member.abort();
    };
    const group = { members, onAbort };
    signal.addEventListener('abort', onAbort);
    this.#groups.set(signal, group);
    return group;
  }
}

interface Group {
  readonly members: Set<Abortable>;
  readonly onAbort: () => void;
}
