/** What the help of the program says of a command. */
export interface CommandSummary {
  /** As its usage shows it: `<capture> [url]`. */
  readonly takes: string;
  readonly does: string;
}

/** In the order of the help. */
export const SUMMARIES = {
  init: { takes: '', does: 'Write the configuration file and the CI job of your project.' },
  check: { takes: '[url]', does: 'Find out whether your receiver would survive production.' },
  send: { takes: '<url>', does: 'Sign one event and fire it at your receiver.' },
  verify: {
    takes: '<files...>',
    does: 'Check captured web hooks against their digests, and say why one does not match.',
  },
  'simulate-retries': {
    takes: '[url]',
    does: 'Deliver as Inqud does: 200 or retry, with duplicates, reordering and loss.',
  },
  burst: {
    takes: '<url>',
    does: 'Find out what your receiver can take: web hooks at a rate, on time.',
  },
  forecast: {
    takes: '',
    does: 'Say what an outage brings back: the backlog, the wave after it, what is lost.',
  },
  replay: {
    takes: '<capture> [url]',
    does: 'Deliver captured web hooks again: as received, reordered, signed anew.',
  },
  'mock-api': {
    takes: '[port]',
    does: "Stand in for Inqud's API, so that a receiver can ask what it missed.",
  },
  listen: {
    takes: '[port]',
    does: 'Record web hooks byte for byte, and answer once they are on disk.',
  },
  events: { takes: '[name]', does: 'List the sample events, or show one.' },
  completion: { takes: '<shell>', does: 'Print a script that completes words in your shell.' },
} as const satisfies Readonly<Record<string, CommandSummary>>;

export const COMMAND_NAMES: readonly string[] = Object.keys(SUMMARIES);
