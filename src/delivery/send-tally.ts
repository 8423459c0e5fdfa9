import { Latencies } from './latencies.js';
import type { SendSummary, SentRecord } from './send-records.js';

export interface SendTally {
  add(record: SentRecord): void;
  summary(run: { readonly interrupted: boolean }): SendSummary;
}

export function createSendTally(): SendTally {
  const latencies = new Latencies();
  let sent = 0;
  let asExpected = 0;
  let connected = false;
  return {
    add: ({ outcome, asExpected: isExpected }) => {
      sent += 1;
      if (isExpected) asExpected += 1;
      if (outcome.kind !== 'unreachable' && outcome.kind !== 'cancelled') connected = true;
      if (outcome.kind === 'responded') latencies.add(outcome.ms);
    },
    summary: ({ interrupted }) => ({
      kind: 'summary',
      sent,
      asExpected,
      unexpected: sent - asExpected,
      connected,
      acknowledgement: latencies.summary(),
      interrupted,
    }),
  };
}
