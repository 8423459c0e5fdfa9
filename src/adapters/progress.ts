import type { Writable } from 'node:stream';
import ora from 'ora';
import type { Progress } from '../ports.js';

const SILENT: Progress = {
  update: () => undefined,
  follow: () => undefined,
  stop: () => undefined,
};
/** A countdown in seconds is read anew this often. */
const FOLLOW_EVERY_MS = 200;

/**
 * A spinner; only ever started when the stream is a terminal. One that does not know its width, as a
 * terminal of a CI job may not, gets none: ora counts its lines as infinitely many, and clears them all.
 */
export function startSpinner(stream: Writable & { isTTY?: boolean; columns?: number }): Progress {
  if (stream.columns === 0) return SILENT;
  const spinner = ora({ stream: stream as NodeJS.WritableStream, discardStdin: false }).start();
  let timer: NodeJS.Timeout | undefined;
  const show = (text: string) => {
    spinner.text = text;
  };
  return {
    update: (text) => {
      clearInterval(timer);
      show(text);
    },
    follow: (text) => {
      clearInterval(timer);
      timer = setInterval(() => show(text()), FOLLOW_EVERY_MS).unref();
      show(text());
    },
    stop: () => {
      clearInterval(timer);
      spinner.stop();
    },
  };
}
