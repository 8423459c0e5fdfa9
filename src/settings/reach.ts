import type { Setting, ValuesOf } from './setting.js';

/** Which receivers may be reached. */
export const REACH = {
  /** Lets the receiver be another machine. */
  allowRemote: {
    flag: '--allow-remote',
    help: 'let the target be another machine',
    type: 'on',
  },
  /** Takes any TLS certificate. */
  insecure: { flag: '--insecure', help: 'take any TLS certificate', type: 'on' },
} as const satisfies Readonly<Record<string, Setting>>;

/** What an adapter is told of it. */
export function reachOf({ allowRemote, insecure }: ValuesOf<typeof REACH>) {
  return { allowRemote: allowRemote === true, insecure: insecure === true };
}
