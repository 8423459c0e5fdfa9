import type { ChildProcess } from 'node:child_process';
import { BoundedBytes } from '../capture/source.js';

export interface CommandBounds {
  readonly timeoutMs: number;
  readonly maxBytes: number;
  readonly signal: AbortSignal | undefined;
}

export type CommandEnd =
  | { readonly kind: 'ended'; readonly code: number | null; readonly said: CommandOutput }
  | { readonly kind: 'not-started'; readonly error: Error }
  | { readonly kind: 'too-large' }
  | { readonly kind: 'timed-out' }
  | { readonly kind: 'cancelled' };

export interface CommandOutput {
  readonly output: Buffer;
  /** The end of what it wrote to its standard error. */
  readonly complaint: string;
}

/** Sends a signal to a process and to all that it has started. */
export type KillGroup = (pid: number, signal: NodeJS.Signals) => void;

/** Between being asked to end and being ended. */
const GRACE_MS = 500;
const COMPLAINT_CHARACTERS = 4_096;

/** Follows a command to its end, and ends it with all it has started where it leaves its bounds. */
export class RunningCommand {
  readonly #child: ChildProcess;
  readonly #bounds: CommandBounds;
  readonly #killGroup: KillGroup;
  readonly #settle: (end: CommandEnd) => void;
  readonly #output: BoundedBytes;
  readonly #abort = () => this.#stop({ kind: 'cancelled' });
  readonly #deadline: NodeJS.Timeout;
  #complaint = '';
  #isEnding = false;

  constructor(
    child: ChildProcess,
    bounds: CommandBounds,
    killGroup: KillGroup,
    settle: (end: CommandEnd) => void,
  ) {
    this.#child = child;
    this.#bounds = bounds;
    this.#killGroup = killGroup;
    this.#settle = settle;
    this.#output = new BoundedBytes(bounds.maxBytes);
    this.#deadline = setTimeout(() => this.#stop({ kind: 'timed-out' }), bounds.timeoutMs);
    bounds.signal?.addEventListener('abort', this.#abort);
    child.once('error', (error) => this.#finish({ kind: 'not-started', error }));
    child.once('exit', (code) => this.#hearExit(code));
    const [, output, complaints] = child.stdio;
    output?.on('data', (chunk: Buffer) => {
      if (this.#output.add(chunk) === 'over') this.#stop({ kind: 'too-large' });
    });
    complaints?.on('data', (chunk: Buffer) => {
      this.#complaint = `${this.#complaint}${chunk}`.slice(-COMPLAINT_CHARACTERS);
    });
  }

  /** What it started and left behind may hold its output open, and is left in peace. */
  #hearExit(code: number | null): void {
    if (this.#isEnding) return;
    this.#afterClose(() => {
      const said = { output: this.#output.bytes(), complaint: this.#complaint };
      this.#finish({ kind: 'ended', code, said });
    });
  }

  #stop(end: CommandEnd): void {
    if (this.#isEnding) return;
    this.#isEnding = true;
    this.#kill('SIGTERM');
    this.#afterClose(() => {
      this.#kill('SIGKILL');
      this.#finish(end);
    });
  }

  #afterClose(proceed: () => void): void {
    const timer = setTimeout(proceed, GRACE_MS);
    this.#child.once('close', () => {
      clearTimeout(timer);
      proceed();
    });
  }

  #kill(signal: NodeJS.Signals): void {
    const { pid } = this.#child;
    if (pid !== undefined) this.#killGroup(pid, signal);
  }

  #finish(end: CommandEnd): void {
    this.#isEnding = true;
    clearTimeout(this.#deadline);
    this.#bounds.signal?.removeEventListener('abort', this.#abort);
    for (const stream of this.#child.stdio) stream?.destroy();
    this.#settle(end);
  }
}
