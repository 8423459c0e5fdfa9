import type { AnsweredRecord } from '../../mock-api/records.js';
import { ROUTES } from '../../mock-api/routes.js';
import type { Statement } from '../statement.js';
import type { MockApiEnd, MockApiStory } from './story.js';
import { apiFindingText } from './words.js';

/** What a mock says to programs. */
export function mockApiStatement(story: MockApiStory): Statement<AnsweredRecord, MockApiEnd> {
  const { url, port, plan, resources, atMs = null, anyToken } = story;
  const routes = ROUTES.map(({ path, access, fidelity, source }) => ({
    method: 'GET',
    path,
    access,
    fidelity,
    source,
  }));
  return {
    head: { command: 'mock-api', url, port, plan, resources, atMs, anyToken, routes },
    list: 'records',
    document: recordDocument,
    end: ({ summary, exitCode }) => ({ summary, beside: { exitCode } }),
  };
}

function recordDocument(record: AnsweredRecord) {
  return record.note === undefined ? record : { ...record, note: apiFindingText(record.note) };
}
