/** What the core needs from the world. Interfaces only: `adapters/` makes them real. */
import type { HookError } from './errors.js';

/** A header as it goes over the wire: name and value, in order, case kept. */
export type Header = readonly [name: string, value: string];

/** One POST, ready to be written: the transport adds only Host, Connection and Content-Length. */
export interface OutgoingRequest {
  readonly headers: readonly Header[];
  readonly body: Uint8Array;
  /** So many bytes of the body are written first, and the rest a moment later. */
  readonly firstBytes?: number;
}

/** What came of an attempt. `ms` is real time from the start of connecting, in milliseconds. */
export type Outcome =
  | Responded
  | { readonly kind: 'timed-out'; readonly ms: number }
  /** Connected, but no valid answer came: the reason is a sentence. */
  | { readonly kind: 'broken'; readonly reason: string; readonly ms: number }
  /** No connection: the reason is a sentence. */
  | { readonly kind: 'unreachable'; readonly reason: string; readonly ms: number }
  /** A fault of the run's own kept the attempt away. */
  | { readonly kind: 'blocked'; readonly by: 'outage' }
  | { readonly kind: 'cancelled' };

export interface Responded {
  readonly kind: 'responded';
  readonly status: number;
  readonly ms: number;
  /** Present when `SendOptions.keepBodyBytes` asked for it. */
  readonly answer?: Answer;
}

export interface Answer {
  readonly headers: readonly Header[];
  /** The start of the body, at most `keepBodyBytes` long. */
  readonly body: Uint8Array;
  /** True when the body went on after what was kept, or broke off. */
  readonly bodyCut: boolean;
}

export interface SendOptions {
  /** From the start of connecting to the response head, in real milliseconds. */
  readonly timeoutMs: number;
  readonly signal?: AbortSignal | undefined;
  /** How much of the answer's body to keep; 0 or absent keeps nothing, not even its headers. */
  readonly keepBodyBytes?: number | undefined;
  /** Called once when the last byte of the request has been handed to the socket. */
  readonly onWritten?: (() => void) | undefined;
  /** Never reuse an idle connection, and leave none behind. */
  readonly freshConnection?: boolean | undefined;
}

/** Delivers to one target. An outcome is data: `send` rejects only on a bug of ours. */
export interface Transport {
  send(request: OutgoingRequest, options: SendOptions): Promise<Outcome>;
  close(): Promise<void>;
}

/**
 * Delivers to one target, many at once, and keeps nothing of the answers. The time to answer is the
 * transport's own. An outcome is data: `send` rejects only on a bug of ours.
 */
export interface LoadTransport {
  /** Opens so many connections before anything is sent, as far as the target takes them. */
  open(connections: number): Promise<void>;
  send(
    request: OutgoingRequest,
    options?: Pick<SendOptions, 'signal' | 'onWritten'>,
  ): Promise<Outcome>;
  /** What is under way ends as `cancelled`. */
  close(): Promise<void>;
}

/** Counts whole numbers from 1 on, and knows their percentiles to within a thousandth. */
export interface Histogram {
  record(value: number): void;
  /** The value that so many per cent of those recorded do not exceed; `percentile` is in (0, 100]. */
  percentile(percentile: number): number;
  /** Forgets all that was recorded. */
  reset(): void;
}

/** Real time. */
export interface Clock {
  /** Milliseconds since the Unix epoch. */
  now(): number;
  /** Milliseconds on a clock that never steps back; only differences mean something. */
  monotonic(): number;
  /** Resolves after `ms`, or as soon as the signal aborts. Never rejects. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

/** Where the sample events are read from. */
export interface SampleFiles {
  /** The text of one sample event, e.g. of `checkout` and `request-created`. */
  read(kind: string, status: string): Promise<string>;
}

export interface Files {
  /** @throws HookError `unreadable-file` */
  read(path: string): Promise<Uint8Array>;
  /** The bytes as they are read. @throws HookError `unreadable-file`, at the first of them */
  stream(path: string): AsyncIterable<Uint8Array>;
  /** Sees whether the path can be written, and changes nothing. @throws HookError `unwritable-file` */
  tryWriting(path: string): Promise<void>;
  /** The file is the old one or the new one, never a part. @throws HookError `unwritable-file` */
  write(path: string, bytes: Uint8Array): Promise<void>;
  /** Adds to the end of a file that others write, too. @throws HookError `unwritable-file` */
  append(path: string, bytes: Uint8Array): Promise<void>;
  /** Which file a path names; undefined where it is no plain one, such as a pipe. */
  identify(path: string): FileIdentity | undefined;
}

/** All names of one file have the same. */
export interface FileIdentity {
  readonly file: string;
  readonly isThere: boolean;
}

/** A project in a folder, as `init` sees it. All paths are relative to the folder. */
export interface ProjectFolder {
  /** The text of a file; undefined where there is none that can be read, or it is no small file. */
  read(path: string): Promise<string | undefined>;
  /** Its sources, in the order of their paths: not all of a large project, and no packages of others. */
  sources(): AsyncIterable<SourceText>;
  /** The folder below the root of its git repository, as `packages/api`; empty at the root or outside one. */
  placeInRepository(): Promise<string>;
  /** Something is there, whatever it is. */
  has(path: string): Promise<boolean>;
  /**
   * Makes a file, and the folders that it needs. False where something is there already, which stays.
   * @throws HookError `unwritable-file`
   */
  create(path: string, text: string): Promise<boolean>;
}

export interface SourceText {
  readonly path: string;
  readonly text: string;
}

/** A port of this machine that takes connections over loopback. */
export interface ListeningPort {
  readonly port: number;
  /** The loopback addresses that it takes them on. */
  readonly on: readonly ('127.0.0.1' | '::1')[];
}

/** Where long runs show that they are alive. */
export interface Progress {
  update(text: string): void;
  /** Shows a text that changes by itself, such as a countdown, until the next text. */
  follow(text: () => string): void;
  stop(): void;
}

/** A resource, as a state probe or a command of the user knows it. */
export interface ProbeSubject {
  readonly id: string;
  /** The merchant's reference: `clientOrderId`, or `referenceId` where there is none. */
  readonly clientOrderId: string;
  readonly kind: string;
  /** As the body of its final event says it, if it says one. */
  readonly amount: string | undefined;
}

/** What a probe answered: the HTTP status where there is one, and the text. */
export interface ProbeReading {
  readonly status?: number;
  /** What was asked, for a report. */
  readonly url?: string;
  readonly text: string;
  /** Present where nothing was read this time, although the probe has answered before. */
  readonly unread?: UnreadState;
  /** Present where a command ended with another code than 0: the text is what it said, and no state. */
  readonly ended?: UnsuccessfulEnd;
}

/** How a command that reads states ended without success, as the status of an HTTP answer tells it. */
export interface UnsuccessfulEnd {
  readonly exitCode: number;
  /** It does not know the resource yet, as a 404 says. */
  readonly isNothingYet: boolean;
}

/** Why there is no state. It never speaks for what is being tested, only for what tells its state. */
export interface UnreadState {
  readonly kind: 'timed-out' | 'broken' | 'unreachable' | 'cancelled';
  /** A sentence. */
  readonly reason: string;
}

/** Reads the receiver's own idea of a resource. */
export interface StateProbe {
  /** What it answers is about every resource there is, so that those asked for have to be found in it. */
  readonly isShared?: boolean;
  /** @throws HookError `unreadable-state` when it has never answered, or with more than is read */
  read(subject: ProbeSubject, signal?: AbortSignal): Promise<ProbeReading>;
  close(): Promise<void>;
}

/** Runs a command of the user's, e.g. one that makes the receiver's work fail. */
export interface Commands {
  /**
   * Resolves with its standard output when the command ended well, and with nothing when the signal
   * ended it. @throws HookError `failed-command`
   */
  run(
    command: string,
    variables: Readonly<Record<string, string>>,
    limits?: CommandLimits,
  ): Promise<string>;
  /** The same, for whom another end than a good one tells something. */
  result(
    command: string,
    variables: Readonly<Record<string, string>>,
    limits?: CommandLimits,
  ): Promise<CommandResult>;
}

/** What a command came to. The failure is the one that `run` throws. */
export type CommandResult =
  | { readonly kind: 'cancelled' }
  /** With 0. */
  | { readonly kind: 'ended-well'; readonly output: string }
  | {
      readonly kind: 'ended-badly';
      /** Undefined where it was ended by a signal, or never started. */
      readonly exitCode: number | undefined;
      readonly output: string;
      /** The end of what it wrote to its standard error. */
      readonly complaint: string;
      readonly failure: HookError;
    }
  /** It left its limits, and was ended. */
  | { readonly kind: 'timed-out' | 'too-large'; readonly failure: HookError };

/** A command that leaves them is ended, with all that it has started. */
export interface CommandLimits {
  /** 30 s when it is absent. */
  readonly timeoutMs?: number | undefined;
  /** Of its standard output; 1 MiB when it is absent. */
  readonly maxBytes?: number | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** A plain file that can be read anywhere. */
export interface RandomAccess {
  readonly sizeBytes: number;
  /** The bytes from one position to another, fewer at the end of the file. The buffer may be reused. */
  read(from: number, to: number): Buffer;
}

/** The bytes of a file as they come. */
export interface ByteSource extends AsyncIterable<Uint8Array> {
  /** Of how many packed bytes those that came so far were unpacked; absent where nothing was packed. */
  readonly packedBytes?: (() => number) | undefined;
}

/** A file of captures, opened. */
export type CaptureInput =
  | { readonly kind: 'plain'; readonly access: RandomAccess; close(): void }
  /** Readable once, from its start. */
  | { readonly kind: 'stream'; readonly source: ByteSource };

/** Threads that each take every n-th task, so that the same file gives the same answers. */
export interface Workers<Task, Answer> {
  readonly count: number;
  /** @throws what the worker threw */
  run(task: Task, index: number): Promise<Answer>;
  close(): Promise<void>;
}
