import type { Answer, Header, Responded } from '../../ports.js';

const BODY_LIMIT_BYTES = 64 * 1024;

/** An answer from its head on: nothing that becomes of the body changes the outcome any more. */
export class IncomingAnswer {
  readonly #status: number;
  readonly #ms: number;
  readonly #kept: KeptAnswer | undefined;
  #bodyBytes = 0;

  /** `rawHeaders` holds names and values by turns. */
  constructor(status: number, ms: number, rawHeaders: readonly Buffer[], keepBodyBytes: number) {
    this.#status = status;
    this.#ms = ms;
    this.#kept = keepBodyBytes > 0 ? new KeptAnswer(rawHeaders, keepBodyBytes) : undefined;
  }

  /** Says whether enough of the body has been read. */
  add(chunk: Uint8Array): 'enough' | 'more' {
    this.#bodyBytes += chunk.length;
    this.#kept?.add(chunk);
    return this.#bodyBytes > BODY_LIMIT_BYTES ? 'enough' : 'more';
  }

  outcome(bodyEnd: BodyEnd): Responded {
    const seen = { kind: 'responded', status: this.#status, ms: this.#ms } as const;
    return this.#kept === undefined ? seen : { ...seen, answer: this.#kept.answer(bodyEnd) };
  }
}

/** Whether the body came to its end, or was left or broke off before. */
export type BodyEnd = 'whole' | 'cut';

class KeptAnswer {
  readonly #rawHeaders: readonly Buffer[];
  readonly #limitBytes: number;
  readonly #chunks: Uint8Array[] = [];
  #keptBytes = 0;
  #overflowed = false;

  constructor(rawHeaders: readonly Buffer[], limitBytes: number) {
    this.#rawHeaders = rawHeaders;
    this.#limitBytes = Math.min(limitBytes, BODY_LIMIT_BYTES);
  }

  add(chunk: Uint8Array): void {
    const kept = chunk.subarray(0, this.#limitBytes - this.#keptBytes);
    if (kept.length > 0) this.#chunks.push(kept);
    this.#keptBytes += kept.length;
    this.#overflowed ||= kept.length < chunk.length;
  }

  answer(bodyEnd: BodyEnd): Answer {
    const body = Buffer.concat(this.#chunks);
    const headers = headersOf(this.#rawHeaders);
    return { headers, body, bodyCut: this.#overflowed || bodyEnd === 'cut' };
  }
}

function headersOf(rawHeaders: readonly Buffer[]): readonly Header[] {
  const texts = rawHeaders.map((raw) => raw.toString('latin1'));
  const headers: Header[] = [];
  for (let i = 0; i + 1 < texts.length; i += 2) headers.push([texts[i] ?? '', texts[i + 1] ?? '']);
  return headers;
}
