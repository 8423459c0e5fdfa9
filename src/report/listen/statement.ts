import type { ListenRecord, ListenSummary } from '../../listening/records.js';
import { exitCodeOfListen } from '../exit-code.js';
import type { Statement } from '../statement.js';
import { reasonText } from '../verify/words.js';
import type { ListenStory } from './story.js';

/** What a listener says to programs: the first line says that requests can come, and where to. */
export function listenStatement({
  seed,
  ...story
}: ListenStory): Statement<ListenRecord, ListenSummary> {
  return {
    head: { command: 'listen', ...story, seed },
    list: 'records',
    document: (record) =>
      record.kind === 'request' && typeof record.reason === 'object'
        ? { ...record, reason: reasonText(record.reason) }
        : record,
    end: (summary) => ({ summary: { ...summary, exitCode: exitCodeOfListen(summary) } }),
  };
}
