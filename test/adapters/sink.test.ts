import { Writable } from 'node:stream';
import { setImmediate as turn } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { batchedSink, sinkAfter } from '../../src/adapters/batched-sink.js';
import { type StreamSink, streamSink } from '../../src/adapters/sink.js';

/** A stream whose reader takes one write at a time, when it is told to. */
function slowStream() {
  const taken: string[] = [];
  const readers: ((error?: Error) => void)[] = [];
  const stream = new Writable({
    highWaterMark: 1024,
    decodeStrings: false,
    write: (chunk, _encoding, done) => {
      taken.push(String(chunk));
      readers.push(done);
    },
  });
  return { stream, taken, read: (error?: Error) => readers.shift()?.(error) };
}

/** A stream that takes everything at once, with what it took. */
function quickStream(name = '', taken: string[] = [], isTTY = false) {
  const write = (chunk: unknown, _encoding: string, done: () => void) => {
    taken.push(`${name}${chunk}`);
    done();
  };
  return { stream: Object.assign(new Writable({ decodeStrings: false, write }), { isTTY }), taken };
}

const ignore = () => undefined;
const pipeClosed = () => Object.assign(new Error('write EPIPE'), { code: 'EPIPE' });

async function isDone(promise: Promise<void> | undefined): Promise<boolean> {
  return Promise.race([(promise ?? Promise.resolve()).then(() => true), turn(false)]);
}

describe('a sink', () => {
  test('opens its stream when it is first needed, and once', () => {
    const { stream, taken } = quickStream();
    let opened = 0;
    const open = () => {
      opened += 1;
      return stream;
    };
    const sink = sinkAfter(batchedSink(streamSink(open, ignore)), streamSink(open, ignore));
    expect(sink.error).toBeUndefined();
    expect(opened).toBe(0);
    void sink.write('a');
    expect(sink.isTerminal).toBe(false);
    void sink.write('b');
    expect(opened).toBe(1);
    expect(taken).toEqual(['a', 'b']);
  });

  test('lets everyone wait who writes while the stream is full, and everyone go on', async () => {
    const { stream, read } = slowStream();
    const sink = streamSink(() => stream, ignore);
    const waits = [sink.write('x'.repeat(1024)), sink.write('y')];
    expect(await Promise.all(waits.map(isDone))).toEqual([false, false]);
    read();
    read();
    expect(await Promise.all(waits.map(isDone))).toEqual([true, true]);
  });

  test('tells when what was written has gone out', async () => {
    const { stream, read } = slowStream();
    const sink = streamSink(() => stream, ignore);
    expect(await isDone(sink.written())).toBe(true);
    void sink.write('a');
    const written = sink.written();
    expect(await isDone(written)).toBe(false);
    read();
    expect(await isDone(written)).toBe(true);
  });

  test('knows the error once what was written has failed to go out', async () => {
    const { stream, read } = slowStream();
    const sink = streamSink(() => stream, ignore);
    void sink.write('a');
    const error = pipeClosed();
    read(error);
    await sink.written();
    expect(sink.error).toBe(error);
  });
});

describe('a sink that batches', () => {
  test('writes what comes in one turn at once, in order, when the turn ends', async () => {
    const { stream, taken } = quickStream();
    const sink = batchedSink(streamSink(() => stream, ignore));
    void sink.write('a\n');
    void sink.write('b\n');
    expect(taken).toEqual([]);
    await turn();
    void sink.write('c\n');
    await turn();
    expect(taken).toEqual(['a\nb\n', 'c\n']);
  });

  test('does not wait for the end of the turn when there is much to write', () => {
    const { stream, taken } = quickStream();
    const sink = batchedSink(streamSink(() => stream, ignore));
    const half = 'x'.repeat(32 * 1024);
    void sink.write(half);
    void sink.write(half);
    expect(taken).toEqual([]);
    void sink.write('\n');
    expect(taken).toEqual([`${half}${half}\n`]);
  });

  test('keeps bytes in their place, as they are', () => {
    const { stream, taken } = quickStream();
    const sink = batchedSink(streamSink(() => stream, ignore));
    void sink.write('before ');
    void sink.write(Buffer.from('bytes'));
    void sink.write(' after');
    sink.flush();
    expect(taken).toEqual(['before ', 'bytes', ' after']);
  });

  test('holds nothing back from a terminal', () => {
    const { stream, taken } = quickStream('', [], true);
    const sink = batchedSink(streamSink(() => stream, ignore));
    void sink.write('a');
    void sink.write('b');
    expect(taken).toEqual(['a', 'b']);
  });

  test('writes what was said earlier before what another sink says', async () => {
    const taken: string[] = [];
    const out = batchedSink(streamSink(() => quickStream('out: ', taken).stream, ignore));
    const err = sinkAfter(
      out,
      streamSink(() => quickStream('err: ', taken).stream, ignore),
    );
    void out.write('1');
    void err.write('2');
    void out.write('3');
    void err.write('4');
    void out.write('5');
    await turn();
    expect(taken).toEqual(['out: 1', 'err: 2', 'out: 3', 'err: 4', 'out: 5']);
  });

  test('makes writers wait while a batch fills the stream', async () => {
    const { stream, read } = slowStream();
    const sink = batchedSink(streamSink(() => stream, ignore));
    expect(sink.write('x'.repeat(1024))).toBeUndefined();
    await turn();
    const wait = sink.write('next');
    expect(await isDone(wait)).toBe(false);
    read();
    read();
    expect(await isDone(wait)).toBe(true);
    expect(sink.write('free again')).toBeUndefined();
  });

  test('a slow reader bounds what is in memory', async () => {
    const { stream, taken, read } = slowStream();
    const sink = batchedSink(streamSink(() => stream, ignore));
    const line = `${'x'.repeat(999)}\n`;
    let lines = 0;
    const writing = (async () => {
      for (; lines < 1_000; lines += 1) await sink.write(line);
    })();
    let most = 0;
    while (lines < 1_000) {
      await turn();
      most = Math.max(most, lines * line.length - taken.join('').length);
      read();
    }
    await writing;
    expect(most).toBeLessThan(3 * 64 * 1024);
    const written = sink.written();
    while (!(await isDone(written))) read();
    expect(taken.join('')).toBe(line.repeat(1_000));
  });

  test('writes what is held back before it says that all is written', async () => {
    const { stream, taken, read } = slowStream();
    const sink = batchedSink(streamSink(() => stream, ignore));
    void sink.write('the last words');
    const written = sink.written();
    expect(taken).toEqual(['the last words']);
    expect(await isDone(written)).toBe(false);
    read();
    expect(await isDone(written)).toBe(true);
  });

  test('tells once that the pipe is closed, and lets nobody wait for it', async () => {
    const { stream, taken, read } = slowStream();
    const errors: Error[] = [];
    const sink: StreamSink = batchedSink(
      streamSink(
        () => stream,
        (error) => errors.push(error),
      ),
    );
    void sink.write('x'.repeat(1024));
    await turn();
    const wait = sink.write('lost');
    const error = pipeClosed();
    read(error);
    expect(await isDone(wait)).toBe(true);
    expect(sink.write('goes nowhere')).toBeUndefined();
    expect(await isDone(sink.written())).toBe(true);
    expect(errors).toEqual([error]);
    expect(sink.error).toBe(error);
    expect(taken).toEqual(['x'.repeat(1024)]);
  });
});
