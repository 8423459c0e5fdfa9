import type { StateProbe, Transport } from '../ports.js';

/** What a check does while it goes on, for whoever waits for it. */
export type CheckProgress =
  /** The rules begin: it is known what the receiver takes, and how many lives a second if it is slow. */
  | {
      readonly kind: 'judging';
      readonly rules: number;
      readonly kinds: number;
      readonly runs: number;
      readonly perSecond: number | undefined;
    }
  | { readonly kind: 'rule-begun'; readonly rule: string }
  | { readonly kind: 'rule-judged'; readonly rule: string }
  /** A web hook has left, or is answered or given up. */
  | { readonly kind: 'sent' | 'answered' }
  /** The state of a resource is asked for, or has come or is given up. */
  | { readonly kind: 'asked' | 'read' };

export type OnProgress = (progress: CheckProgress) => void;

/** The same transport, telling of each web hook. */
export function tellingTransport(transport: Transport, onProgress: OnProgress): Transport {
  return {
    send: async (request, options) => {
      onProgress({ kind: 'sent' });
      try {
        return await transport.send(request, options);
      } finally {
        onProgress({ kind: 'answered' });
      }
    },
    close: () => transport.close(),
  };
}

/** The same probe, telling of each state that is asked for. */
export function tellingProbe(probe: StateProbe, onProgress: OnProgress): StateProbe {
  return {
    ...(probe.isShared === undefined ? {} : { isShared: probe.isShared }),
    read: async (subject, signal) => {
      onProgress({ kind: 'asked' });
      try {
        return await probe.read(subject, signal);
      } finally {
        onProgress({ kind: 'read' });
      }
    },
    close: () => probe.close(),
  };
}
