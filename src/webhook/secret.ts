import { inspect } from 'node:util';

const MASK = '[secret]';

/** A web hook secret. It never shows itself: `String(secret)`, JSON and `inspect` all give `[secret]`. */
export class Secret {
  readonly #bytes: Uint8Array;

  private constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  /** The key is the secret's UTF-8 bytes (docs.inqud.com/developer/web-hooks/web-hook-verification). */
  static fromText(text: string): Secret {
    return new Secret(new TextEncoder().encode(text));
  }

  static fromBytes(bytes: Uint8Array): Secret {
    return new Secret(Uint8Array.from(bytes));
  }

  /** The key itself, for hashing only. */
  reveal(): Uint8Array {
    return this.#bytes;
  }

  toString(): string {
    return MASK;
  }

  toJSON(): string {
    return MASK;
  }

  [inspect.custom](): string {
    return MASK;
  }
}
