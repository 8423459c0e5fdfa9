import { type AnswerHead, parseHead, startsLikeAnAnswer } from './answer-head.js';
import { ChunkSkipper } from './chunk-skipper.js';
import { InvalidAnswerError } from './invalid-answer.js';

/** What has been read of an answer so far. */
export type AnswerProgress = 'waiting' | 'head' | 'body' | 'complete';

const HEAD_LIMIT_BYTES = 64 * 1024;
const BODY_LIMIT_BYTES = 64 * 1024;
const HEAD_END = Buffer.from('\r\n\r\n');
const NOTHING = Buffer.alloc(0);

/**
 * Reads one final answer after the other from the bytes of a connection (RFC 9112), and keeps nothing
 * of their bodies. Heads that are byte for byte alike are understood once.
 */
export class AnswerReader {
  #place: AnswerProgress = 'waiting';
  /** The start of a head that is not whole yet. */
  #held: Buffer = NOTHING;
  #head: AnswerHead | undefined;
  #lastHead: Buffer = NOTHING;
  #leftBytes = 0;
  #bodyBytes = 0;
  #chunked: ChunkSkipper | undefined;
  #hasMore = false;

  /** The head of the answer that is being read; undefined until it is whole. */
  get head(): AnswerHead | undefined {
    return this.#place === 'waiting' || this.#place === 'head' ? undefined : this.#head;
  }

  get place(): AnswerProgress {
    return this.#place;
  }

  /** More came than the answer is long. */
  get hasMore(): boolean {
    return this.#hasMore;
  }

  /** More of the body came than anybody needs. */
  get isLong(): boolean {
    return this.#bodyBytes > BODY_LIMIT_BYTES;
  }

  /** Another request is about to be written. */
  expectAnswer(): void {
    this.#place = 'waiting';
    this.#held = NOTHING;
    this.#bodyBytes = 0;
    this.#chunked = undefined;
    this.#hasMore = false;
  }

  /** Reads on. @throws InvalidAnswerError */
  take(chunk: Buffer): AnswerProgress {
    if (chunk.length === 0) return this.#place;
    if (this.#place === 'complete') this.#hasMore = true;
    else if (this.#place === 'body') this.#takeBody(chunk);
    else this.#takeHead(chunk);
    return this.#place;
  }

  /** The receiver closed its side: that ends a body of which nothing else says where it ends. */
  end(): AnswerProgress {
    if (this.#place === 'body' && this.#head?.framing === 'close') this.#place = 'complete';
    return this.#place;
  }

  #takeHead(chunk: Buffer): void {
    this.#place = 'head';
    const bytes = this.#held.length === 0 ? chunk : Buffer.concat([this.#held, chunk]);
    const at = bytes.indexOf(HEAD_END);
    const headBytes = at === -1 ? bytes.length : at;
    if (headBytes > HEAD_LIMIT_BYTES) throw new InvalidAnswerError('too-large', '');
    if (at === -1) {
      if (!startsLikeAnAnswer(bytes)) throw invalidAt(bytes);
      this.#held = bytes;
      return;
    }
    this.#begin(this.#understood(bytes, at));
    const rest = bytes.subarray(at + HEAD_END.length);
    if (rest.length === 0) return;
    if (this.place === 'complete') this.#hasMore = true;
    else this.#takeBody(rest);
  }

  #understood(bytes: Buffer, end: number): AnswerHead {
    const last = this.#lastHead;
    const isKnown = end === last.length && last.compare(bytes, 0, end) === 0;
    if (isKnown && this.#head !== undefined) return this.#head;
    const head = parseHead(bytes.toString('latin1', 0, end));
    this.#lastHead = Buffer.from(bytes.subarray(0, end));
    return head;
  }

  #begin(head: AnswerHead): void {
    this.#head = head;
    this.#leftBytes = head.bodyBytes;
    this.#chunked = head.framing === 'chunked' ? new ChunkSkipper() : undefined;
    this.#place = head.framing === 'length' && head.bodyBytes === 0 ? 'complete' : 'body';
  }

  #takeBody(chunk: Buffer): void {
    this.#bodyBytes += chunk.length;
    if (this.#chunked !== undefined) return this.#takeChunked(this.#chunked, chunk);
    if (this.#head?.framing === 'close') return;
    this.#hasMore = chunk.length > this.#leftBytes;
    this.#leftBytes -= Math.min(chunk.length, this.#leftBytes);
    if (this.#leftBytes === 0) this.#place = 'complete';
  }

  #takeChunked(body: ChunkSkipper, chunk: Buffer): void {
    const left = body.take(chunk);
    if (left === undefined) return;
    this.#place = 'complete';
    this.#hasMore = left > 0;
  }
}

function invalidAt(bytes: Buffer): InvalidAnswerError {
  return new InvalidAnswerError('invalid', bytes.toString('latin1', 0, 256));
}
