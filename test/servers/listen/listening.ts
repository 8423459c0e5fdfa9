import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { readCaptures } from '../../../src/capture/read-captures.js';
import type { CaptureRecord } from '../../../src/capture/record.js';
import { createAnswerScript } from '../../../src/listening/answer-script.js';
import {
  DEFAULT_BOUNDS,
  type Listener,
  type ListenerBounds,
  type ListenerOptions,
  type Recorded,
  type Stopping,
} from '../../../src/listening/listener.js';
import type { ForwardSummary, RefusedRecord } from '../../../src/listening/records.js';
import { startListener } from '../../../src/servers/listen/listener.js';
import { SURROUNDINGS } from './surroundings.js';

/** A listener of a test's own, and all that it told. */
export interface Listening {
  readonly listener: Listener;
  /** Stops before the test ends. */
  stop(how: Stopping): Promise<ForwardSummary | undefined>;
  readonly port: number;
  readonly out: string;
  readonly recorded: readonly Recorded[];
  readonly refused: readonly RefusedRecord[];
  readonly notices: readonly string[];
  /** What is in the file now. */
  captures(): Promise<readonly CaptureRecord[]>;
  /** Resolves when this many requests have been recorded. */
  hasRecorded(requests: number): Promise<void>;
  /** Resolves when this many have been refused. */
  hasRefused(requests: number): Promise<void>;
}

export type ListeningOptions = Partial<Omit<ListenerOptions, 'bounds'>> & {
  readonly bounds?: Partial<ListenerBounds>;
};

/** Listens on a free port until the test ends. */
export async function listening(options: ListeningOptions = {}): Promise<Listening> {
  const out = options.out ?? join(await newFolder(), 'captures.ndjson');
  const recorded: Recorded[] = [];
  const refused: RefusedRecord[] = [];
  const notices: string[] = [];
  const changed = createWatch();
  const listener = await startListener(
    {
      host: '127.0.0.1',
      port: 0,
      out,
      survives: 'crash',
      isForwarding: false,
      redacted: undefined,
      accepts: { paths: [], methods: [] },
      count: undefined,
      judge: () => ({ verdict: 'unchecked' }),
      script: createAnswerScript({ steps: [], delayMs: 0, drops: () => false }),
      onRecorded: (item) => {
        recorded.push(item);
        changed.look();
      },
      onRefused: (item) => {
        refused.push(item);
        changed.look();
      },
      onNotice: (text) => notices.push(text),
      ...options,
      bounds: { ...DEFAULT_BOUNDS, ...options.bounds },
    },
    SURROUNDINGS,
  );
  let isStopped = false;
  onTestFinished(async () => {
    if (!isStopped) await listener.stop('at-once');
  });
  return {
    listener,
    stop: (how) => {
      isStopped = true;
      return listener.stop(how);
    },
    port: listener.port,
    out,
    recorded,
    refused,
    notices,
    captures: () => capturesOf(out),
    hasRecorded: (requests) => changed.until(() => recorded.length >= requests),
    hasRefused: (requests) => changed.until(() => refused.length >= requests),
  };
}

/** The captures of a file, in order; anything malformed in it is a failure. */
export async function capturesOf(file: string): Promise<readonly CaptureRecord[]> {
  const records: CaptureRecord[] = [];
  const bytes = await readFile(file);
  for await (const entry of readCaptures(once(bytes), { file, format: 'ndjson' })) {
    if (entry.kind === 'malformed') throw new Error(`line ${entry.at.line}: ${entry.reason}`);
    records.push(entry.record);
  }
  return records;
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

/** A folder that is gone when the test is. */
export async function newFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'inqud-hook-listen-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

function createWatch() {
  const waiting = new Set<() => void>();
  return {
    look: () => {
      for (const wake of waiting) wake();
    },
    until: (holds: () => boolean): Promise<void> =>
      new Promise((resolve) => {
        const wake = () => {
          if (!holds()) return;
          waiting.delete(wake);
          resolve();
        };
        waiting.add(wake);
        wake();
      }),
  };
}
