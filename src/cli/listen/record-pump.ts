import type { Sink } from '../world.js';

/** Writes lines about what happens without ever holding it up. */
export interface RecordPump<Item> {
  add(item: Item): void;
  /** Resolves when everything is written. */
  finish(): Promise<void>;
}

export interface PumpTexts<Item> {
  readonly record: (item: Item) => string;
  /** Says how many are left out. */
  readonly skipped: (items: number) => string;
}

/** This many characters wait for a reader that is too slow; the rest is counted and left out. */
const MOST_WAITING = 1024 * 1024;

/** What comes in one turn of the event loop is written at once. */
export function createRecordPump<Item>(sink: Sink, texts: PumpTexts<Item>): RecordPump<Item> {
  let waiting = '';
  let skipped = 0;
  let writing: Promise<void> | undefined;

  return { add, finish };

  function add(item: Item): void {
    if (waiting.length > MOST_WAITING) {
      skipped += 1;
      return;
    }
    waiting += texts.record(item);
    writing ??= Promise.resolve().then(write);
  }

  async function write(): Promise<void> {
    while (waiting !== '') {
      const text = skipped === 0 ? waiting : waiting + texts.skipped(skipped);
      waiting = '';
      skipped = 0;
      const written = sink.write(text);
      if (written !== undefined) await written;
    }
    writing = undefined;
  }

  async function finish(): Promise<void> {
    await writing;
  }
}
