import { guardedText, type SecretGuard } from '../report/secret-guard.js';
import type { Sink } from './world.js';

/** A sink whose text shows no secret and moves no cursor. Bytes pass as they are: they are a body. */
export function guardedSink(sink: Sink, guard: SecretGuard): Sink {
  return {
    get isTerminal() {
      return sink.isTerminal;
    },
    get columns() {
      return sink.columns;
    },
    write: (text) => sink.write(typeof text === 'string' ? guardedText(text, guard) : text),
  };
}
