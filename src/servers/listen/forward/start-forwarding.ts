/** Passes on to a receiver what the listener has stored, at least once, also after a restart. */
import { Forwarder } from '../../../listening/forward/forwarder.js';
import type { ForwardOptions, Stopping } from '../../../listening/listener.js';
import type { ForwardSummary } from '../../../listening/records.js';
import type { Clock } from '../../../ports.js';
import { openProgress, type ProgressOptions } from './progress-file.js';
import { StoredCaptures } from './stored-captures.js';

export interface StartedForwarding {
  /** Says that something new is stored. */
  ring(): void;
  stop(how: Stopping): Promise<ForwardSummary>;
}

/** Passes on what is stored, in the background. */
export function startForwarding(
  options: ForwardOptions & ProgressOptions & { readonly clock: Clock },
): StartedForwarding {
  const { capture } = options;
  capture.keepOldFiles();
  const progress = openProgress(options);
  const { backlog } = progress;
  const stored = new StoredCaptures(capture, backlog.cursor);
  const forwarder = new Forwarder({
    ...options,
    stored,
    backlog,
    keep: (entry) => progress.keep(entry),
  });
  const ended = forwarder.run();
  ended.catch(() => undefined);
  return {
    ring: () => forwarder.ring(),
    stop: async (how) => {
      forwarder.stop(how);
      try {
        return await ended;
      } finally {
        await progress.close();
      }
    },
  };
}
