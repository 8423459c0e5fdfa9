import type { Commands, ProbeSubject, StateProbe } from '../../ports.js';

/** Reads states with a command: what it writes to standard output is the state. */
export function commandProbe(command: string, commands: Commands): StateProbe {
  return {
    read: async (subject) => ({ text: await commands.run(command, probeVariables(subject)) }),
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
