import { Writable } from 'node:stream';
import { setImmediate as turn } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { streamSink } from '../../src/adapters/sink.js';

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

const ignore = () => undefined;
const pipeClosed = () => Object.assign(new Error('write EPIPE'), { code: 'EPIPE' });

async function isDone(promise: Promise<void> | undefined): Promise<boolean> {
  return Promise.race([(promise ?? Promise.resolve()).then(() => true), turn(false)]);
}

describe('a sink', () => {
  test('lets everyone wait who writes while the stream is full, and everyone go on', async () => {
    const { stream, read } = slowStream();
    const sink = streamSink(stream, ignore);
    const waits = [sink.write('x'.repeat(1024)), sink.write('y')];
    expect(await Promise.all(waits.map(isDone))).toEqual([false, false]);
    read();
    read();
    expect(await Promise.all(waits.map(isDone))).toEqual([true, true]);
  });

  test('tells when what was written has gone out', async () => {
    const { stream, read } = slowStream();
    const sink = streamSink(stream, ignore);
    expect(await isDone(sink.written())).toBe(true);
    void sink.write('a');
    const written = sink.written();
    expect(await isDone(written)).toBe(false);
    read();
    expect(await isDone(written)).toBe(true);
  });

  test('knows the error once what was written has failed to go out', async () => {
    const { stream, read } = slowStream();
    const sink = streamSink(stream, ignore);
    void sink.write('a');
    const error = pipeClosed();
    read(error);
    await sink.written();
    expect(sink.error).toBe(error);
  });
});
