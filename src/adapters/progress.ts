import type { Writable } from 'node:stream';
import ora from 'ora';
import type { Progress } from '../ports.js';

/** A spinner; only ever started when the stream is a terminal. */
export function startSpinner(stream: Writable & { isTTY?: boolean }): Progress {
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
