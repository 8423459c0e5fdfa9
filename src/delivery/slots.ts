import type { Task } from './due-attempt.js';
import type { Ending } from './ending.js';
import { createOutbox } from './outbox.js';

/** A task on its way to becoming a record. */
export interface Slot {
  readonly task: Task;
  /** The attempt that this one overlaps. */
  readonly overlaps: Slot | undefined;
  /** The attempt that overlaps this one, once it has started. */
  successor: Slot | undefined;
  /** Plan time it left, when that is measured. */
  startMs: number | undefined;
  isWritten: boolean;
  ending: Ending | undefined;
  /** It has ended, and nothing that it overlaps is still to be settled. */
  isClosed: boolean;
}

/** The slots that are not yet records, and the order in which they become some. */
export interface Slots {
  readonly length: number;
  /** The next one can be taken. */
  readonly isReady: boolean;
  open(slot: Slot): void;
  openAfter(neighbour: Slot, slot: Slot): void;
  /** The slot has an ending. */
  close(slot: Slot): void;
  take(): Slot | undefined;
}

export function newSlot(task: Task, overlaps?: Slot): Slot {
  return {
    task,
    overlaps,
    successor: undefined,
    startMs: undefined,
    isWritten: false,
    ending: undefined,
    isClosed: false,
  };
}

export function slotsInPlanOrder(): Slots {
  const outbox = createOutbox<Slot>(({ isClosed }) => isClosed);
  return {
    get length() {
      return outbox.length;
    },
    get isReady() {
      return outbox.isReady;
    },
    open: outbox.push,
    openAfter: outbox.pushAfter,
    close: (slot) => {
      slot.isClosed = true;
    },
    take: outbox.take,
  };
}

/** As they end, but an attempt never before the one it overlaps, whose answer says more. */
export function slotsAsTheyEnd(): Slots {
  const outbox = createOutbox<Slot>(() => true);
  const close = (slot: Slot): void => {
    if (slot.ending === undefined || slot.overlaps?.isClosed === false) return;
    slot.isClosed = true;
    outbox.push(slot);
    if (slot.successor !== undefined) close(slot.successor);
  };
  return {
    get length() {
      return outbox.length;
    },
    get isReady() {
      return outbox.isReady;
    },
    open: () => undefined,
    openAfter: () => undefined,
    close,
    take: outbox.take,
  };
}
