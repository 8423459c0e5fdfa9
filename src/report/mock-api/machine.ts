import { ROUTES } from '../../mock-api/routes.js';
import { jsonLine, jsonText } from '../foreign-text.js';
import { SCHEMA_VERSION } from '../schema-version.js';
import type { MockApiRenderer, MockApiStory } from './renderer.js';

/** One record a line: `ready`, a request each, the summary. */
export function ndjsonMockApi(story: MockApiStory): MockApiRenderer {
  return {
    begin: () => jsonLine({ kind: 'ready', ...headOf(story) }),
    record: jsonLine,
    end: (summary, exitCode) => jsonLine({ ...summary, exitCode }),
  };
}

/** One document, written as the requests come. */
export function jsonMockApi(story: MockApiStory): MockApiRenderer {
  let separator = '\n';
  return {
    begin: () => `${jsonText(headOf(story)).slice(0, -1)},"records":[`,
    record: (record) => {
      const text = separator + jsonText(record);
      separator = ',\n';
      return text;
    },
    end: (summary, exitCode) => `\n],${jsonText({ summary, exitCode }).slice(1)}\n`,
  };
}

function headOf({ url, port, plan, resources, atMs, anyToken }: MockApiStory) {
  const routes = ROUTES.map(({ path, access, fidelity, source }) => ({
    method: 'GET',
    path,
    access,
    fidelity,
    source,
  }));
  const at = atMs ?? null;
  const schemaVersion = SCHEMA_VERSION;
  return {
    schemaVersion,
    command: 'mock-api',
    url,
    port,
    plan,
    resources,
    atMs: at,
    anyToken,
    routes,
  };
}
