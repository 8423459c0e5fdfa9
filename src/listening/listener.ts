// The room of listening: what is done with a request that comes in, without a socket.
import type { CaptureRecord } from '../capture/record.js';
import type { Transport } from '../ports.js';
import type { VerifyReason } from '../verification/reason.js';
import type { AnswerScript } from './answer-script.js';
import type { ForwardRecord, ForwardSummary, ListenVerdict, RefusedRecord } from './records.js';

/** What to listen for, where to keep it and how to answer. */
export interface ListenerOptions {
  /** The name or address to listen on. */
  readonly host: string;
  /** 0 picks a free one. */
  readonly port: number;
  /** The capture file; it is added to. */
  readonly out: string;
  /** What an acknowledged request survives: the end of the process, or a power cut too. */
  readonly survives: 'crash' | 'power-cut';
  /**
   * It takes requests only once `forward` was called: what is acknowledged before it is known what to
   * pass on could be forgotten by a crash.
   */
  readonly isForwarding: boolean;
  /** A second file, to show to others. */
  readonly redacted: RedactedCopy | undefined;
  readonly accepts: Filter;
  readonly bounds: ListenerBounds;
  /** How many requests to record; no end when absent. */
  readonly count: number | undefined;
  readonly judge: (record: CaptureRecord) => Judgement;
  readonly script: AnswerScript;
  /** Called for each request that is in the file, in the order of the file. */
  readonly onRecorded: (recorded: Recorded) => void;
  readonly onRefused: (record: RefusedRecord) => void;
  /** What went wrong with the files, and when it is well again: sentences. */
  readonly onNotice: (text: string) => void;
}

export interface Judgement {
  readonly verdict: ListenVerdict;
  readonly reason?: VerifyReason | undefined;
}

/** A request that is in the file. */
export interface Recorded {
  readonly number: number;
  readonly record: CaptureRecord;
  readonly judgement: Judgement;
  readonly answer: number | 'dropped';
}

/** Which requests are recorded; an empty list takes all. */
export interface Filter {
  /** Without the query. */
  readonly paths: readonly string[];
  readonly methods: readonly string[];
}

export interface RedactedCopy {
  readonly path: string;
  /** One line of the capture format, with its newline. */
  readonly lineOf: (record: CaptureRecord) => Uint8Array;
}

/** What one sender, or all of them together, can use up. */
export interface ListenerBounds {
  readonly maxBodyBytes: number;
  readonly maxHeaderBytes: number;
  readonly maxHeaders: number;
  readonly maxConnections: number;
  /** Bytes of bodies in memory; above it senders wait. */
  readonly maxHeldBytes: number;
  /** From the first byte of a request to the end of its head. */
  readonly headTimeoutMs: number;
  /** From the first byte of a request to its last. */
  readonly requestTimeoutMs: number;
  /** How often the two are looked at. */
  readonly checkTimeoutsMs: number;
}

export const DEFAULT_BOUNDS: ListenerBounds = {
  maxBodyBytes: 10 * 1024 * 1024,
  maxHeaderBytes: 64 * 1024,
  maxHeaders: 500,
  maxConnections: 1_024,
  maxHeldBytes: 64 * 1024 * 1024,
  headTimeoutMs: 10_000,
  requestTimeoutMs: 30_000,
  checkTimeoutsMs: 1_000,
};

/** How something ends: in its own time, or cut short. */
export type Stopping = 'let-finish' | 'at-once';

/** A listener at work. */
export interface Listener {
  readonly url: string;
  readonly port: number;
  /** Resolves when `count` requests are recorded and answered; never without a `count`. */
  readonly counted: Promise<void>;
  /**
   * Passes what is recorded on, at least once, from where the last listener on this file stopped.
   * @throws HookError `unwritable-file`
   */
  forward(options: ForwardOptions): Promise<void>;
  /**
   * Records what is there as a whole, and closes. What may finish is answered, and forwarded as far
   * as it is due; the rest is forwarded after the next start.
   */
  stop(how: Stopping): Promise<ForwardSummary | undefined>;
}

export interface ForwardOptions {
  readonly transport: Transport;
  /** From the start of connecting to the response head, in real milliseconds. */
  readonly timeoutMs: number;
  /** The waits between the attempts of one request, in real milliseconds. */
  readonly waitsMs: readonly number[];
  readonly concurrency: number;
  readonly onAttempt: (record: ForwardRecord) => void;
}
