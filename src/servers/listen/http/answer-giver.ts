import type { ServerResponse } from 'node:http';
import type { ScriptedAnswer } from '../../../listening/answer-script.js';

/** Gives answers, at once or later. */
export class Answers {
  readonly #late = new Set<NodeJS.Timeout>();

  give(response: ServerResponse, answer: ScriptedAnswer): void {
    if (answer.delayMs === 0) carryOut(response, answer);
    else this.#giveLater(response, answer);
  }

  /** Those that are still to come never do. */
  cancel(): void {
    for (const timer of this.#late) clearTimeout(timer);
    this.#late.clear();
  }

  #giveLater(response: ServerResponse, answer: ScriptedAnswer): void {
    const timer = setTimeout(() => {
      this.#late.delete(timer);
      carryOut(response, answer);
    }, answer.delayMs);
    this.#late.add(timer);
    response.on('close', () => {
      clearTimeout(timer);
      this.#late.delete(timer);
    });
  }
}

/** Statuses whose answers have no body (RFC 9110, section 6.4.1). */
const WITHOUT_BODY = [204, 304];

function carryOut(response: ServerResponse, answer: ScriptedAnswer): void {
  const { status, headers, body, dropped } = answer;
  if (dropped) {
    response.destroy();
    return;
  }
  if (headers.length > 0) response.writeHead(status, headers.flat());
  else response.statusCode = status;
  response.end(WITHOUT_BODY.includes(status) ? undefined : body);
}
