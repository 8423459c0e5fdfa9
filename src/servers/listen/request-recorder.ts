import { createLineWriter } from '../../capture/line-writer.js';
import type { CaptureRecord } from '../../capture/record.js';
import type { Judgement, ListenerOptions } from '../../listening/listener.js';
import type { Clock } from '../../ports.js';
import { AnswerGiver } from './http/answer-giver.js';
import type { Front, WholeRequest } from './http/front.js';
import { ENOUGH, rejection } from './http/rejection.js';
import { createIsoTime } from './iso-time.js';
import type { AppendLog } from './store/append-log.js';
import { type Health, watchHealth } from './store/health.js';

export interface RequestRecorderOptions extends ListenerOptions {
  readonly log: AppendLog;
  readonly copyLog: AppendLog | undefined;
  readonly clock: Clock;
  /** Why a file operation did not work, as the end of a sentence. */
  readonly reasonOf: (error: unknown) => string;
}

/** Writes whole requests down, and answers those that are in the file. */
export class RequestRecorder {
  readonly #front: Front;
  readonly #options: RequestRecorderOptions;
  readonly #answers = new AnswerGiver();
  readonly #isoTime = createIsoTime();
  readonly #lineOf = createLineWriter();
  readonly #health: Health;
  readonly #copyHealth: Health;
  /** Recorded, or about to be. */
  #taken = 0;
  #recorded = 0;
  #whenCounted: (() => void) | undefined;

  constructor(front: Front, options: RequestRecorderOptions) {
    const { out, redacted, reasonOf, onNotice } = options;
    this.#front = front;
    this.#options = options;
    this.#health = watchHealth({
      onFailure: (error) =>
        onNotice(
          `${out} cannot be written: ${reasonOf(error)}. Requests are answered 503 meanwhile.`,
        ),
      onRecovery: () => onNotice(`${out} can be written again.`),
    });
    this.#copyHealth = watchHealth({
      onFailure: (error) =>
        onNotice(
          `${redacted?.path} cannot be written: ${reasonOf(error)}. Its requests are in ${out}.`,
        ),
      onRecovery: () => onNotice(`${redacted?.path} can be written again.`),
    });
  }

  /** Resolves when as many requests as were asked for are recorded and answered. */
  counted(): Promise<void> {
    return new Promise((resolve) => {
      this.#whenCounted = resolve;
    });
  }

  take(whole: WholeRequest, body: Buffer): void {
    const { clock, judge, log } = this.#options;
    this.#count(1);
    const record = recordOf(whole, body, this.#isoTime(clock.now()));
    const judgement = judge(record);
    log.append(this.#lineOf(record, remarksOf(judgement)), (error) => {
      this.#front.release(body);
      if (error === undefined) this.#acknowledge(whole, record, judgement);
      else this.#giveUp(whole, error);
    });
  }

  /** Answers that are still to come never do. */
  cutShort(): void {
    this.#answers.cancel();
  }

  #count(more: 1 | -1): void {
    const { count } = this.#options;
    this.#taken += more;
    if (count !== undefined) this.#front.refuseAll(this.#taken >= count ? ENOUGH : undefined);
  }

  #acknowledge(whole: WholeRequest, record: CaptureRecord, judgement: Judgement): void {
    const { script, count, onRecorded } = this.#options;
    this.#health.worked();
    this.#copy(record);
    this.#recorded += 1;
    const answer = script(this.#recorded);
    this.#answers.give(whole.response, answer);
    onRecorded({
      number: this.#recorded,
      record,
      judgement,
      answer: answer.dropped ? 'dropped' : answer.status,
    });
    if (this.#recorded === count) void this.#front.answered().then(() => this.#whenCounted?.());
  }

  #giveUp(whole: WholeRequest, error: Error): void {
    this.#health.failed(error);
    this.#count(-1);
    const reason = `The request could not be recorded: ${this.#options.reasonOf(error)}.`;
    this.#front.refuse(whole, rejection(503, reason));
  }

  #copy(record: CaptureRecord): void {
    const { redacted, copyLog } = this.#options;
    if (redacted === undefined || copyLog === undefined) return;
    copyLog.append(redacted.lineOf(record), (error) => {
      if (error === undefined) this.#copyHealth.worked();
      else this.#copyHealth.failed(error);
    });
  }
}

function recordOf(
  { connection, request, headers }: WholeRequest,
  body: Buffer,
  at: string,
): CaptureRecord {
  const { method, url: path } = request;
  return { at, remote: connection.remote, method, path, headers, body };
}

function remarksOf({ verdict }: Judgement) {
  return verdict === 'unchecked' ? undefined : { verdict };
}
