import type { ServerResponse } from 'node:http';
import type { ScriptedAnswer } from '../../../listening/answer-script.js';
import { Delays } from '../../http/delays.js';
import { hasNoBody } from '../../http/statuses.js';

/** Gives answers, at once or later. */
export class AnswerGiver {
  readonly #delays = new Delays();

  give(response: ServerResponse, answer: ScriptedAnswer): void {
    const callOff = this.#delays.run(answer.delayMs, () => carryOut(response, answer));
    if (answer.delayMs > 0) response.on('close', callOff);
  }

  /** Those that are still to come never do. */
  cancel(): void {
    this.#delays.cancel();
  }
}

function carryOut(response: ServerResponse, answer: ScriptedAnswer): void {
  const { status, headers, body, dropped } = answer;
  if (dropped) {
    response.destroy();
    return;
  }
  if (headers.length > 0) response.writeHead(status, headers.flat());
  else response.statusCode = status;
  response.end(hasNoBody(status) ? undefined : body);
}
