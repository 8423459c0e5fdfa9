import { curlCommand } from '../curl.js';
import { httpMessage, type PrintableRequest, requestDocument } from '../http-message.js';
import { machineRenderer } from '../machine.js';
import type { Statement } from '../statement.js';

/** Turns requests that are not sent into output. */
export interface RequestPrinter {
  begin(): string;
  request(request: PrintableRequest): string | Uint8Array;
  end(): string;
}

export type RequestForm = 'http' | 'curl' | 'json' | 'ndjson';

/** On a terminal a body, which ends in no newline, must not end on the line of the prompt. */
export function requestPrinter(form: RequestForm, reader: 'terminal' | 'program'): RequestPrinter {
  switch (form) {
    case 'http':
      return printEach((request) =>
        reader === 'terminal'
          ? Buffer.concat([httpMessage(request), NEWLINE])
          : httpMessage(request),
      );
    case 'curl':
      return printEach((request) => `${curlCommand(request)}\n`);
    case 'json': {
      const { begin, record, end } = machineRenderer(REQUESTS, 'json');
      return { begin, request: record, end: () => end(undefined) };
    }
    case 'ndjson': {
      const { begin, record } = machineRenderer(REQUESTS, 'ndjson');
      return { ...printEach(record), begin };
    }
    default:
      return form satisfies never;
  }
}

const NEWLINE = Buffer.from('\n');

/** What requests that are not sent say to programs: their lines have no last one. */
const REQUESTS: Statement<PrintableRequest, undefined> = {
  head: { command: 'send', dryRun: true },
  list: 'requests',
  document: requestDocument,
  line: (request) => ({ kind: 'request', ...requestDocument(request) }),
  end: () => ({}),
};

function printEach(request: RequestPrinter['request']): RequestPrinter {
  return { begin: () => '', request, end: () => '' };
}
