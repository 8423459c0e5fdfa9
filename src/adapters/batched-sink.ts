import type { StreamSink } from './sink.js';

/** A sink that holds text back until the turn of the event loop ends. */
export interface BatchedSink extends StreamSink {
  /** Writes what is held back. */
  flush(): void;
}

/** More characters than this are not held back. */
const MOST_HELD = 64 * 1024;

/**
 * What is written in one turn goes out as one write: each costs a system call, and a long report has
 * tens of thousands of lines. From a terminal nothing is held back.
 */
export function batchedSink(sink: StreamSink): BatchedSink {
  let held = '';
  let turnEnd: NodeJS.Immediate | undefined;
  let room: Promise<void> | undefined;

  return {
    write: (text) => {
      if (sink.isTerminal) return sink.write(text);
      if (typeof text === 'string') hold(text);
      else passAtOnce(text);
      return room;
    },
    flush,
    written: () => {
      flush();
      return sink.written();
    },
    get isTerminal() {
      return sink.isTerminal;
    },
    get columns() {
      return sink.columns;
    },
    get error() {
      return sink.error;
    },
  };

  function hold(text: string): void {
    held += text;
    if (held.length > MOST_HELD) flush();
    else turnEnd ??= setImmediate(flush);
  }

  function passAtOnce(bytes: Uint8Array): void {
    flush();
    pass(bytes);
  }

  function flush(): void {
    clearImmediate(turnEnd);
    turnEnd = undefined;
    const text = held;
    held = '';
    if (text !== '') pass(text);
  }

  /** Whoever writes while the stream is full waits, also if what filled it was an earlier batch. */
  function pass(text: string | Uint8Array): void {
    const wait = sink.write(text);
    if (wait === undefined) return;
    room = wait;
    void wait.then(() => {
      if (room === wait) room = undefined;
    });
  }
}

/** Both may go to one file: what the first holds back goes out before what is said on the other. */
export function sinkAfter(first: BatchedSink, sink: StreamSink): StreamSink {
  return {
    write: (text) => {
      first.flush();
      return sink.write(text);
    },
    written: () => sink.written(),
    get isTerminal() {
      return sink.isTerminal;
    },
    get columns() {
      return sink.columns;
    },
    get error() {
      return sink.error;
    },
  };
}
