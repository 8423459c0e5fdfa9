import type { SendSummary, SentRecord } from '../../delivery/send-records.js';
import { exitCodeOfSend } from '../exit-code.js';
import { outcomeDocument } from '../outcome-document.js';
import type { Statement } from '../statement.js';
import type { SendStory } from './story.js';
import { explanationOf } from './words.js';

/** What a sending says to programs. */
export function sendStatement({
  url,
  isSigned,
  reproduce,
}: SendStory): Statement<SentRecord, SendSummary> {
  return {
    head: { command: 'send', url, signed: isSigned },
    list: 'records',
    document: recordDocument,
    end: (summary) => ({ summary, beside: { reproduce, exitCode: exitCodeOfSend(summary) } }),
  };
}

function recordDocument({ because, ...record }: SentRecord) {
  const outcome = outcomeDocument(record.outcome);
  return { ...record, outcome, explanation: explanationOf(because, record.digests.length > 0) };
}
