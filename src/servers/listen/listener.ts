// The room of the listener: it records what senders send before it answers, and passes it on.
import type {
  ForwardOptions,
  Listener,
  ListenerOptions,
  Stopping,
} from '../../listening/listener.js';
import type { ForwardSummary } from '../../listening/records.js';
import type { Clock } from '../../ports.js';
import type { BoundServer } from '../http/bound-server.js';
import type { StartedForwarding } from './forward/start-forwarding.js';
import { Front } from './http/front.js';
import { STOPPING } from './http/rejection.js';
import { RequestRecorder } from './request-recorder.js';
import type { Processes } from './store/lock-file.js';
import { type CaptureLog, openCaptureLog } from './store/open-log.js';

/** What a listener needs of the machine. */
export interface ListenerSurroundings {
  readonly clock: Clock;
  readonly processes: Processes;
  /** Why a file operation did not work, as the end of a sentence. */
  readonly reasonOf: (error: unknown) => string;
}

/**
 * Listens, and answers a request once it is in the file.
 * @throws HookError `cannot-listen`, `unwritable-file`
 */
export async function startListener(
  options: ListenerOptions,
  surroundings: ListenerSurroundings,
): Promise<Listener> {
  const front = new Front(options);
  const bound = await front.bind(options);
  try {
    const logs = await openLogs(options, surroundings);
    return new RunningListener({ options, surroundings, front, bound, logs });
  } catch (error) {
    await bound.close();
    throw error;
  }
}

interface Logs {
  readonly capture: CaptureLog;
  readonly copy: CaptureLog | undefined;
}

interface Parts {
  readonly options: ListenerOptions;
  readonly surroundings: ListenerSurroundings;
  readonly front: Front;
  readonly bound: BoundServer;
  readonly logs: Logs;
}

class RunningListener implements Listener {
  readonly counted: Promise<void>;
  readonly #options: ListenerOptions;
  readonly #surroundings: ListenerSurroundings;
  readonly #logs: Logs;
  readonly #front: Front;
  readonly #bound: BoundServer;
  readonly #recorder: RequestRecorder;
  #forwarding: StartedForwarding | undefined;

  constructor({ options, surroundings, front, bound, logs }: Parts) {
    this.#options = options;
    this.#surroundings = surroundings;
    this.#logs = logs;
    this.#front = front;
    this.#bound = bound;
    this.#recorder = new RequestRecorder(front, {
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
    if (!options.isForwarding) this.#open();
  }

  get port(): number {
    return this.#bound.port;
  }

  get url(): string {
    return `${this.#bound.origin}/`;
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
    this.#open();
  }

  async stop(how: Stopping): Promise<ForwardSummary | undefined> {
    this.#front.refuseAll(STOPPING);
    await this.#bound.close(() =>
      how === 'let-finish' ? this.#front.answered() : this.#cutShort(),
    );
    const summary = await this.#forwarding?.stop(how);
    await closeLogs(this.#logs);
    return summary;
  }

  #open(): void {
    this.#front.open((whole, body) => this.#recorder.take(whole, body));
  }

  async #cutShort(): Promise<void> {
    await this.#logs.capture.log.flushed();
    this.#recorder.cutShort();
  }
}

async function openLogs(
  options: ListenerOptions,
  { processes, reasonOf }: ListenerSurroundings,
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
