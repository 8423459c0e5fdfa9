import type { Server } from 'node:http';
import { isIPv6 } from 'node:net';
import { HookError } from '../../errors.js';
import type {
  ForwardOptions,
  Listener,
  ListenerOptions,
  Stopping,
} from '../../listening/listener.js';
import type { ForwardSummary } from '../../listening/records.js';
import type { Clock } from '../../ports.js';
import { MOST_WAITING } from '../http/places.js';
import type { StartedForwarding } from './forward/start-forwarding.js';
import { Front } from './http/front.js';
import type { Refusal } from './http/refusal.js';
import { Recorder } from './recorder.js';
import type { Processes } from './store/lock-file.js';
import { type CaptureLog, openCaptureLog } from './store/open-log.js';

/** What a listener needs of the machine. */
export interface Surroundings {
  readonly clock: Clock;
  readonly processes: Processes;
  /** Why a file operation did not work, as the end of a sentence. */
  readonly reasonOf: (error: unknown) => string;
}

const STOPPING: Refusal = { status: 503, reason: 'The listener is about to end.' };

/**
 * Listens, and answers a request once it is in the file.
 * @throws HookError `cannot-listen`, `unwritable-file`
 */
export async function startListener(
  options: ListenerOptions,
  surroundings: Surroundings,
): Promise<Listener> {
  const front = new Front(options);
  const port = await listen(front.server, options);
  try {
    const logs = await openLogs(options, surroundings);
    return new RunningListener({ options, surroundings, front, logs, port });
  } catch (error) {
    front.server.close();
    front.server.closeAllConnections();
    throw error;
  }
}

interface Logs {
  readonly capture: CaptureLog;
  readonly copy: CaptureLog | undefined;
}

interface Parts {
  readonly options: ListenerOptions;
  readonly surroundings: Surroundings;
  readonly front: Front;
  readonly logs: Logs;
  readonly port: number;
}

class RunningListener implements Listener {
  readonly port: number;
  readonly counted: Promise<void>;
  readonly #options: ListenerOptions;
  readonly #surroundings: Surroundings;
  readonly #logs: Logs;
  readonly #front: Front;
  readonly #recorder: Recorder;
  #forwarding: StartedForwarding | undefined;

  constructor({ options, surroundings, front, logs, port }: Parts) {
    this.#options = options;
    this.#surroundings = surroundings;
    this.#logs = logs;
    this.#front = front;
    this.port = port;
    this.#recorder = new Recorder(front, {
      ...options,
      ...surroundings,
      log: logs.capture.log,
      copyLog: logs.copy?.log,
      onRecorded: (recorded) => {
        this.#forwarding?.ring();
        options.onRecorded(recorded);
      },
    });
    this.counted = this.#recorder.counted();
    front.open((arrival, body) => this.#recorder.take(arrival, body));
  }

  get url(): string {
    const { host } = this.#options;
    return `http://${isIPv6(host) ? `[${host}]` : host}:${this.port}/`;
  }

  async forward(options: ForwardOptions): Promise<void> {
    const { startForwarding } = await import('./forward/start-forwarding.js');
    this.#forwarding = startForwarding({
      ...this.#surroundings,
      ...options,
      path: this.#options.out,
      capture: this.#logs.capture.log,
      heldBytes: this.#logs.capture.heldBytes,
      onNotice: this.#options.onNotice,
    });
  }

  async stop(how: Stopping): Promise<ForwardSummary | undefined> {
    this.#front.refuseAll(STOPPING);
    const { server } = this.#front;
    const closed = new Promise<void>((resolve) => server.close(() => resolve()));
    if (how === 'let-finish') await this.#front.answered();
    else await this.#cutShort();
    server.closeAllConnections();
    await closed;
    const summary = await this.#forwarding?.stop(how);
    await closeLogs(this.#logs);
    return summary;
  }

  async #cutShort(): Promise<void> {
    await this.#logs.capture.log.flushed();
    this.#recorder.cutShort();
  }
}

async function openLogs(
  options: ListenerOptions,
  { processes, reasonOf }: Surroundings,
): Promise<Logs> {
  const { out, redacted, survives, onNotice } = options;
  const shared = { processes, reasonOf, onNotice };
  const settles = survives === 'crash' ? 'written' : 'synced';
  const capture = openCaptureLog(out, { ...shared, settles });
  if (redacted === undefined) return { capture, copy: undefined };
  try {
    const copy = openCaptureLog(redacted.path, { ...shared, settles: 'written' });
    return { capture, copy };
  } catch (error) {
    await capture.close();
    throw error;
  }
}

async function closeLogs({ capture, copy }: Logs): Promise<void> {
  await capture.close();
  await copy?.close();
}

function listen(server: Server, { host, port }: ListenerOptions): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (error) => reject(cannotListen(host, port, error)));
    server.listen({ port, host, backlog: MOST_WAITING }, () => {
      const address = server.address();
      if (typeof address === 'object' && address !== null) resolve(address.port);
    });
  });
}

const REASONS: Readonly<Record<string, string>> = {
  EADDRINUSE: 'another program listens there',
  EADDRNOTAVAIL: 'this machine has no such address',
  EACCES: 'permission is denied',
  ENOTFOUND: 'the name does not resolve',
};

function cannotListen(host: string, port: number, error: Error & { code?: string }): HookError {
  const reason = REASONS[error.code ?? ''] ?? error.message;
  return new HookError(
    'cannot-listen',
    `Port ${port} of ${host} cannot be listened on: ${reason}.`,
    'Name another port; 0 picks a free one.',
  );
}
