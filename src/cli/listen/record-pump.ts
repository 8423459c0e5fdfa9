import type { Renderer } from '../../report/renderer.js';
import type { Sink } from '../world.js';

/** Writes lines about what happens without ever holding it up. */
export interface RecordPump<Item> {
  /** From now on items are written; what came before is written first. */
  begin(texts: PumpTexts<Item>): void;
  add(item: Item): void;
  /** Resolves when everything is written. */
  finish(): Promise<void>;
}

export type PumpTexts<Item> = Pick<Renderer<Item, never>, 'record' | 'skipped'>;

/** This many characters wait for a reader that is too slow; the rest is counted and left out. */
const MOST_WAITING = 1024 * 1024;

/** What comes in one turn of the event loop is written at once. */
export function createRecordPump<Item>(sink: Sink): RecordPump<Item> {
  const early: Item[] = [];
  let texts: PumpTexts<Item> | undefined;
  let waiting = '';
  let skipped = 0;
  let writing: Promise<void> | undefined;

  return { begin, add, finish };

  function begin(given: PumpTexts<Item>): void {
    texts = given;
    for (const item of early.splice(0)) add(item);
  }

  function add(item: Item): void {
    if (texts === undefined) {
      early.push(item);
      return;
    }
    if (waiting.length > MOST_WAITING) {
      skipped += 1;
      return;
    }
    waiting += texts.record(item);
    writing ??= Promise.resolve().then(write);
  }

  async function write(): Promise<void> {
    while (waiting !== '') {
      const text = skipped === 0 ? waiting : waiting + (texts?.skipped?.(skipped) ?? '');
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
