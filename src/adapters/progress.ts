import type { Writable } from 'node:stream';
import ora from 'ora';
import type { Progress } from '../ports.js';

const SILENT: Progress = { update: () => undefined, stop: () => undefined };

/**
 * A spinner; only ever started when the stream is a terminal. One that does not know its width, as a
 * terminal of a CI job may not, gets none: ora counts its lines as infinitely many, and clears them all.
 */
export function startSpinner(stream: Writable & { isTTY?: boolean; columns?: number }): Progress {
  if (stream.columns === 0) return SILENT;
  const spinner = ora({ stream: stream as NodeJS.WritableStream, discardStdin: false }).start();
  return {
    update: (text) => {
      spinner.text = text;
    },
    stop: () => {
      spinner.stop();
    },
  };
}
