import { InvalidAnswerError } from './invalid-answer.js';

const CR = 0x0d;
const LF = 0x0a;
/** Sizes and trailers that go on for longer are no honest ones. */
const MOST_LINE_BYTES = 16 * 1024;
const SIZE = /^([0-9a-f]{1,13})[ \t]*(?:;.*)?$/i;

/** Finds the end of a chunked body (RFC 9112, section 7.1), and keeps nothing of it. */
export class ChunkSkipper {
  #place: 'size' | 'data' | 'data-end' | 'trailer' = 'size';
  #line = '';
  #leftBytes = 0;

  /** How many bytes are left behind the body's end; undefined while it goes on. @throws InvalidAnswerError */
  take(chunk: Buffer): number | undefined {
    let at = 0;
    while (at < chunk.length) {
      if (this.#place === 'data') {
        const taken = Math.min(this.#leftBytes, chunk.length - at);
        at += taken;
        this.#leftBytes -= taken;
        if (this.#leftBytes === 0) this.#place = 'data-end';
        continue;
      }
      const end = chunk.indexOf(LF, at);
      const line = this.#lineWith(chunk.toString('latin1', at, end === -1 ? chunk.length : end));
      if (end === -1) return undefined;
      at = end + 1;
      if (this.#takeLine(line) === 'end') return chunk.length - at;
    }
    return undefined;
  }

  #lineWith(text: string): string {
    this.#line += text;
    if (this.#line.length > MOST_LINE_BYTES) throw new InvalidAnswerError('invalid', '');
    return this.#line;
  }

  #takeLine(raw: string): 'end' | 'more' {
    this.#line = '';
    if (raw.charCodeAt(raw.length - 1) !== CR) throw new InvalidAnswerError('invalid', raw);
    const line = raw.slice(0, -1);
    switch (this.#place) {
      case 'size':
        this.#begin(line);
        return 'more';
      case 'data-end':
        if (line !== '') throw new InvalidAnswerError('invalid', line);
        this.#place = 'size';
        return 'more';
      default:
        return line === '' ? 'end' : 'more';
    }
  }

  #begin(line: string): void {
    const [, size] = SIZE.exec(line) ?? [];
    if (size === undefined) throw new InvalidAnswerError('invalid', line);
    this.#leftBytes = Number.parseInt(size, 16);
    this.#place = this.#leftBytes === 0 ? 'trailer' : 'data';
  }
}
