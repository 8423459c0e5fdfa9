import { execFileSync } from 'node:child_process';
import { closeSync, constants, existsSync, openSync, readFileSync, readSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { directDescriptor, directSink } from '../../src/adapters/direct-sink.js';
import type { StreamSink } from '../../src/adapters/sink.js';

let folder: string;
const open: number[] = [];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'inqud-hook-'));
});

afterEach(async () => {
  for (const descriptor of open.splice(0)) closeSync(descriptor);
  await rm(folder, { recursive: true });
});

function opened(path: string, flags: string | number): number {
  const descriptor = openSync(path, flags);
  open.push(descriptor);
  return descriptor;
}

/** The slow way, with what was left to it. */
function slowSink() {
  const taken: Buffer[] = [];
  const sink: StreamSink = {
    write: (text) => {
      taken.push(Buffer.from(text));
      return undefined;
    },
    written: () => Promise.resolve(),
    isTerminal: false,
    columns: undefined,
    error: undefined,
  };
  return { sink, text: () => Buffer.concat(taken).toString() };
}

const never = () => {
  throw new Error('nothing of this goes the slow way');
};

describe('a sink that writes at once', () => {
  test('writes to a file', async () => {
    const path = join(folder, 'out');
    const sink = directSink(opened(path, 'w'), never, never);
    void sink.write('✓ ');
    void sink.write(Buffer.from('bytes'));
    await sink.written();
    expect(readFileSync(path, 'utf8')).toBe('✓ bytes');
    expect(sink.error).toBeUndefined();
  });

  test('tells once what is wrong, and then writes no more', () => {
    const path = join(folder, 'out');
    opened(path, 'w');
    const errors: unknown[] = [];
    const sink = directSink(opened(path, 'r'), never, (error) => errors.push(error));
    void sink.write('a');
    void sink.write('b');
    expect(errors).toEqual([expect.objectContaining({ code: 'EBADF' })]);
    expect(sink.error).toBe(errors[0]);
  });
});

describe.runIf(existsSync('/proc/self/fd'))('a pipe', () => {
  /** Both ends of a pipe; the end for writing waits while the pipe is full, as that of a shell does. */
  function pipe(): { readonly reader: number; readonly writer: number } {
    const path = join(folder, 'pipe');
    execFileSync('mkfifo', [path]);
    const reader = opened(path, constants.O_RDONLY | constants.O_NONBLOCK);
    return { reader, writer: opened(path, 'w') };
  }

  function directly(descriptor: number): number {
    const direct = directDescriptor(descriptor) ?? expect.fail('there is a direct way');
    open.push(direct);
    return direct;
  }

  function readAll(descriptor: number): string {
    const buffer = Buffer.alloc(1024 * 1024);
    return buffer.toString('utf8', 0, readSync(descriptor, buffer));
  }

  test('takes what it has room for', () => {
    const { reader, writer } = pipe();
    void directSink(directly(writer), never, never).write('text');
    expect(readAll(reader)).toBe('text');
  });

  test('leaves what it has no room for to the stream, and all that comes later', () => {
    const { reader, writer } = pipe();
    const slow = slowSink();
    const sink = directSink(directly(writer), () => slow.sink, never);
    const long = `${'x'.repeat(200_000)}|`;
    void sink.write(long);
    const taken = readAll(reader);
    expect(taken.length).toBeGreaterThan(0);
    void sink.write('later');
    expect(taken + slow.text()).toBe(`${long}later`);
  });

  test('whose reader has left is an error', () => {
    const { reader, writer } = pipe();
    const direct = directly(writer);
    open.splice(open.indexOf(reader), 1);
    closeSync(reader);
    const errors: unknown[] = [];
    void directSink(direct, never, (error) => errors.push(error)).write('text');
    expect(errors).toEqual([expect.objectContaining({ code: 'EPIPE' })]);
  });
});

test('there is a direct way to what takes everything, and none to other devices', () => {
  const nothing = opened('/dev/null', 'w');
  expect(directDescriptor(nothing)).toBe(nothing);
  expect(directDescriptor(opened('/dev/zero', 'r'))).toBeUndefined();
  expect(directDescriptor(99_999)).toBeUndefined();
});
