import type { Socket } from 'node:net';

/** A receiver may say that it is still at it (RFC 9110, section 15.2), but not for ever. */
export const MOST_INTERIM = 10;
const MOST_BLANKS = 1_024;
const LARGEST_HEAD_BYTES = 64 * 1024;

/** `HTTP/1.x 1dd` and what ends it: the bytes that tell an interim answer from a final one. */
const VERSION = 'HTTP/1.';
const STATUS_START = VERSION.length + 2;
const STATUS_END = STATUS_START + 3;
const SWITCHING_PROTOCOLS = '101';

const LF = 0x0a;
const CR = 0x0d;
const COLON = 0x3a;
const H = 0x48;
const ONE = 0x31;
const BLANKS = [0x20, 0x09];
const NOTHING = Buffer.alloc(0);
/** What a header's name is made of (RFC 9110, section 5.6.2). */
const TOKEN = new Set(Buffer.from("!#$%&'*+-.^_`|~0123456789abcdefghijklmnopqrstuvwxyz"));
const LOWER_CASE = 0x20;

/** Interim answers that cannot be waited through. */
export class InterimAnswerError extends Error {
  override readonly name = 'InterimAnswerError';
  /** What is wrong with them. */
  readonly fault: 'too-many' | 'too-large' | 'invalid';

  constructor(fault: InterimAnswerError['fault']) {
    super(`interim answers: ${fault}`);
    this.fault = fault;
  }
}

/**
 * Takes interim answers (100, 102, 103 and their like, but not 101) out of what a receiver sends, however
 * its bytes are cut into chunks. Everything from the final answer's head on is left as it is.
 */
export class InterimAnswers {
  #place: 'status' | 'reason' | 'line' | 'name' | 'value' | 'end' | 'final' = 'status';
  /** The start of a status line that does not tell yet. */
  #held: number[] = [];
  #headBytes = 0;
  #count = 0;
  #blanks = 0;

  /** To be called before each request of a connection that is kept. */
  expectAnswer(): void {
    this.#count = 0;
    this.#blanks = 0;
    if (this.#place === 'final') this.#place = 'status';
  }

  /** What is left of the next bytes. @throws InterimAnswerError */
  take(chunk: Buffer): Buffer {
    if (this.#place === 'final') return chunk;
    if (this.#place === 'status' && this.#held.length === 0 && isPlainlyFinal(chunk)) {
      this.#place = 'final';
      return chunk;
    }
    const left: Buffer[] = [];
    for (const [at, byte] of chunk.entries()) {
      if (this.#place !== 'status') this.#skip(byte);
      else if (this.#held.length === 0 && isLineEnd(byte)) left.push(this.#blank(byte));
      else {
        this.#held.push(byte);
        if (this.#isUndecided(byte)) continue;
        this.#place = 'final';
        left.push(this.end(), chunk.subarray(at + 1));
        break;
      }
    }
    return left.length === 0 ? NOTHING : Buffer.concat(left);
  }

  /** What was held back when the bytes came to their end. */
  end(): Buffer {
    const held = Buffer.from(this.#held);
    this.#held = [];
    return held;
  }

  /** Empty lines before an answer are passed over, but not without end. */
  #blank(byte: number): Buffer {
    this.#blanks += 1;
    if (this.#blanks > MOST_BLANKS) throw new InterimAnswerError('invalid');
    return Buffer.of(byte);
  }

  /** Whether the status line that is held is, or may become, that of an interim answer. */
  #isUndecided(byte: number): boolean {
    const at = this.#held.length - 1;
    if (at < STATUS_END) return isStartOfInterim(at, byte);
    const status = String.fromCharCode(...this.#held.slice(STATUS_START, STATUS_END));
    if (status === SWITCHING_PROTOCOLS || !(isLineEnd(byte) || BLANKS.includes(byte))) return false;
    this.#beginInterim();
    this.#skip(byte);
    return true;
  }

  #beginInterim(): void {
    this.#held = [];
    this.#headBytes = STATUS_END;
    this.#place = 'reason';
    this.#count += 1;
    if (this.#count <= MOST_INTERIM) return;
    throw new InterimAnswerError('too-many');
  }

  /** Reads on in the head of an interim answer, which ends with an empty line. */
  #skip(byte: number): void {
    this.#headBytes += 1;
    if (this.#headBytes > LARGEST_HEAD_BYTES) throw new InterimAnswerError('too-large');
    switch (this.#place) {
      case 'reason':
      case 'value':
        if (byte === LF) this.#place = 'line';
        return;
      case 'line':
        this.#place = placeAfterLineStart(byte);
        return;
      case 'name':
        if (byte === COLON) this.#place = 'value';
        else if (!isToken(byte)) throw new InterimAnswerError('invalid');
        return;
      case 'end':
        if (byte !== LF) throw new InterimAnswerError('invalid');
        this.#place = 'status';
        return;
      default:
        throw new RangeError('No interim answer is being read.');
    }
  }
}

/** Takes interim answers out of what a socket reads, before anyone who reads from it sees them. */
export function takeOutInterimAnswers(socket: Socket): InterimAnswers {
  const interim = new InterimAnswers();
  const push = socket.push.bind(socket);
  socket.push = (chunk: Buffer | null) => {
    if (chunk === null) {
      const held = interim.end();
      if (held.length > 0) push(held);
      return push(null);
    }
    try {
      return push(interim.take(chunk));
    } catch (error) {
      if (!(error instanceof InterimAnswerError)) throw error;
      socket.destroy(error);
      return false;
    }
  };
  return interim;
}

/** Nearly every answer, told at one look and without a copy. */
function isPlainlyFinal(chunk: Buffer): boolean {
  return chunk[0] === H && chunk.length > STATUS_START && chunk[STATUS_START] !== ONE;
}

function isStartOfInterim(at: number, byte: number): boolean {
  if (at < VERSION.length) return byte === VERSION.charCodeAt(at);
  const char = String.fromCharCode(byte);
  if (at === VERSION.length) return char === '0' || char === '1';
  if (at < STATUS_START) return char === ' ';
  return at === STATUS_START ? char === '1' : /\d/.test(char);
}

function placeAfterLineStart(byte: number): 'status' | 'end' | 'value' | 'name' {
  if (byte === LF) return 'status';
  if (byte === CR) return 'end';
  if (BLANKS.includes(byte)) return 'value';
  if (isToken(byte)) return 'name';
  throw new InterimAnswerError('invalid');
}

function isLineEnd(byte: number): boolean {
  return byte === CR || byte === LF;
}

function isToken(byte: number): boolean {
  return TOKEN.has(byte) || (byte >= 0x41 && byte <= 0x5a && TOKEN.has(byte | LOWER_CASE));
}
