import type { Listener, ListenerOptions } from '../listening/listener.js';
import type { ApiServer, ApiServerOptions } from '../mock-api/api-server.js';
import type {
  ByteSource,
  CaptureInput,
  Clock,
  Commands,
  Files,
  Header,
  Histogram,
  ListeningPort,
  LoadTransport,
  Progress,
  ProjectFolder,
  SampleFiles,
  StateProbe,
  Transport,
  Workers,
} from '../ports.js';
import type { SecretGuard } from '../report/secret-guard.js';
import type { WorkerAnswer, WorkerSetup, WorkerTask } from '../verification/range-task.js';
import type { Secret } from '../webhook/secret.js';

/** A stream of text going out. A write resolves when the stream takes more. */
export interface Sink {
  write(text: string | Uint8Array): Promise<void> | undefined;
  readonly isTerminal: boolean;
  /** How wide the terminal is, in characters. */
  readonly columns?: number | undefined;
}

/** How a capture file of the tool's own format is judged by several threads. */
export type StartRangeWorkers = (
  setup: WorkerSetup,
) => Promise<Workers<WorkerTask, WorkerAnswer> | undefined>;

export interface Stdin {
  read(): Promise<Uint8Array>;
  stream(): AsyncIterable<Uint8Array>;
  /** What a person types until Enter; empty where standard input ends. */
  line(): Promise<string>;
  readonly isTerminal: boolean;
}

/** What the program touches: everything outside it, so that a test can be a whole world. */
export interface Surroundings {
  /** The words that start the program, before its own: to be shown in a command that is typed again. */
  readonly startedAs: () => readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly stdin: Stdin;
  readonly stdout: Sink;
  readonly stderr: Sink;
  readonly files: Files;
  readonly samples: SampleFiles;
  /** The files that a path, a folder or a pattern stands for. @throws HookError `unreadable-file` */
  readonly expandInput: (path: string) => Promise<readonly string[]>;
  /** The bytes as they are, or unpacked where they are gzip. */
  readonly unpack: (source: ByteSource, name: string) => Promise<ByteSource>;
  readonly openInput: (path: string) => Promise<CaptureInput>;
  /** Undefined where there are no threads to start. */
  readonly startRangeWorkers: StartRangeWorkers;
  readonly clock: Clock;
  /** Aborts on Ctrl-C. */
  readonly signal: AbortSignal;
  /** New text every time, for seeds and salts. */
  readonly draw: () => string;
  /** Reads a URL, a host and port, or a port; nothing is looked up. @throws HookError `bad-url` */
  readonly parseTarget: (text: string) => Promise<ParsedTarget>;
  /** Whether it takes a TCP connection now. @throws HookError `bad-url`, `remote-target` */
  readonly takesConnections: (
    url: string,
    options: Pick<ConnectOptions, 'allowRemote'>,
  ) => Promise<boolean>;
  readonly connect: (url: string, options: ConnectOptions) => Promise<ConnectedTarget>;
  /** @throws HookError `bad-url`, `remote-target` */
  readonly openLoad: (url: string, options: LoadConnectOptions) => Promise<LoadedTarget>;
  /** Reads states from URLs of this form. @throws HookError `bad-url`, `remote-target` */
  readonly openStateProbe: (template: string, options: ProbeOptions) => Promise<StateProbe>;
  readonly commands: Commands;
  readonly startReceiver: (options: ReceiverOptions) => Promise<StartedReceiver>;
  /** @throws HookError `cannot-listen` */
  readonly startMockApi: (options: ApiServerOptions) => Promise<ApiServer>;
  /** @throws HookError `cannot-listen`, `unwritable-file` */
  readonly startListener: (options: ListenerOptions) => Promise<Listener>;
  readonly startProgress: () => Promise<Progress>;
  /** The project in the current folder. */
  readonly openProject: () => Promise<ProjectFolder>;
  /** The ports that take connections over loopback; where the system names none, of those given. */
  readonly listeningPorts: (likely: readonly number[]) => Promise<readonly ListeningPort[]>;
}

/** The surroundings as commands get them: what is written passes a guard that knows the secrets. */
export interface World extends Surroundings {
  readonly guard: SecretGuard;
}

export interface ParsedTarget {
  readonly url: string;
  /** Host and port as the Host header says them. */
  readonly authority: string;
  /** Path and query. */
  readonly path: string;
}

export interface ProbeOptions {
  readonly allowRemote: boolean;
  readonly insecure: boolean;
  /** Of one state; 1 MiB when it is undefined. */
  readonly maxBytes?: number | undefined;
  /** Sent with each request. */
  readonly headers?: readonly Header[] | undefined;
}

export interface ConnectOptions {
  readonly allowRemote: boolean;
  /** Take any certificate. */
  readonly insecure: boolean;
  /** About how many requests are to come; undefined where nobody knows. */
  readonly requests?: number | undefined;
}

export interface ConnectedTarget {
  /** The target as a full URL. */
  readonly url: string;
  readonly transport: Transport;
}

export interface LoadConnectOptions extends Pick<ConnectOptions, 'allowRemote' | 'insecure'> {
  /** Time to answer, in milliseconds. */
  readonly timeoutMs: number;
}

/** A target for many web hooks at once, and what it takes to measure that. */
export interface LoadedTarget {
  /** The target as a full URL. */
  readonly url: string;
  /** It is reached without leaving this machine. */
  readonly isLoopback: boolean;
  readonly transport: LoadTransport;
  readonly createHistogram: () => Histogram;
  /** Resolves once everything that has come meanwhile was heard of. */
  readonly turn: () => Promise<void>;
}

export interface ReceiverOptions {
  /** E.g. `demo`, `healthy`, `flaky:3`. */
  readonly behaviour: string;
  readonly secret: Secret | undefined;
  /** Plan time, in milliseconds. */
  readonly planNow: () => number;
  /** What the sender waits, in real milliseconds. */
  readonly timeoutMs: number;
}

export interface StartedReceiver {
  readonly url: string;
  close(): Promise<void>;
}
