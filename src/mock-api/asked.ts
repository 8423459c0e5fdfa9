import type { ApiAnswer } from './api-server.js';

/** A question that the API did not answer with what was asked for. */
export interface ApiRefusal {
  readonly status: number;
  /** What its body says. */
  readonly said: string;
}

/** What has been asked of the API, and how it ended. */
export class Asked {
  /** How the last question that names an id ended; `undefined` where it was answered. */
  readonly #about = new Map<string, ApiRefusal | undefined>();
  /** How many questions there were, whatever about. */
  count = 0;
  /** How the last of them ended, where every one was refused. */
  refusedThroughout: ApiRefusal | undefined;

  hear(target: string, { status, body }: Pick<ApiAnswer, 'status' | 'body'>): void {
    const refusal = status < 400 ? undefined : { status, said: messageIn(body) };
    const isRefusedSoFar = this.count === 0 || this.refusedThroughout !== undefined;
    this.count += 1;
    this.refusedThroughout = isRefusedSoFar ? refusal : undefined;
    for (const word of wordsOf(target)) this.#about.set(word, refusal);
  }

  wasAbout(id: string): boolean {
    return this.#about.has(id);
  }

  refusalOf(id: string): ApiRefusal | undefined {
    return this.#about.get(id);
  }
}

/** A path may hold anything: what cannot be decoded stands for itself. */
function wordsOf(target: string): readonly string[] {
  return target.split(/[/?&=]/).map((word) => {
    try {
      return decodeURIComponent(word);
    } catch {
      return word;
    }
  });
}

/** The mock's own words: `{"code": …, "message": …}`. */
function messageIn(body: Uint8Array): string {
  return JSON.parse(new TextDecoder().decode(body)).message;
}
