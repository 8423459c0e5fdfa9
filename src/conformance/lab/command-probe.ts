import type { Commands, ProbeReading, ProbeSubject, StateProbe } from '../../ports.js';

/** As long as the server of a state has to answer. */
const LIMIT_MS = 10_000;
const CANCELLED: ProbeReading = {
  text: '',
  unread: { kind: 'cancelled', reason: 'The run was interrupted.' },
};

/** Reads states with a command: what it writes to standard output is the state. */
export function commandProbe(
  command: string,
  commands: Commands,
  maxBytes: number | undefined,
): StateProbe {
  return {
    read: async (subject, signal) => {
      const limits = { timeoutMs: LIMIT_MS, maxBytes, signal };
      const text = await commands.run(command, probeVariables(subject), limits);
      return signal?.aborted === true ? CANCELLED : { text };
    },
    close: () => Promise.resolve(),
  };
}

/** What a command of the user's is told about a resource. */
export function probeVariables(subject: ProbeSubject): Readonly<Record<string, string>> {
  return {
    INQUD_HOOK_ID: subject.id,
    INQUD_HOOK_CLIENT_ORDER_ID: subject.clientOrderId,
    INQUD_HOOK_REFERENCE_ID: subject.clientOrderId,
    INQUD_HOOK_KIND: subject.kind,
    INQUD_HOOK_AMOUNT: subject.amount ?? '',
  };
}
