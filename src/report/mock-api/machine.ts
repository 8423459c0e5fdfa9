import { ROUTES } from '../../mock-api/routes.js';
import { SCHEMA_VERSION } from '../schema-version.js';
import type { MockApiRenderer, MockApiStory } from './renderer.js';

/** One record a line: `ready`, a request each, the summary. */
export function ndjsonMockApi(story: MockApiStory): MockApiRenderer {
  return {
    begin: () => line({ kind: 'ready', ...headOf(story) }),
    record: line,
    end: (summary, exitCode) => line({ ...summary, exitCode }),
  };
}

/** One document, written as the requests come. */
export function jsonMockApi(story: MockApiStory): MockApiRenderer {
  let separator = '\n';
  return {
    begin: () => `${JSON.stringify(headOf(story)).slice(0, -1)},"records":[`,
    record: (record) => {
      const text = separator + JSON.stringify(record);
      separator = ',\n';
      return text;
    },
    end: (summary, exitCode) => `\n],${JSON.stringify({ summary, exitCode }).slice(1)}\n`,
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

function line(value: object): string {
  return `${JSON.stringify(value)}\n`;
}
