import { curlCommand } from '../curl.js';
import { jsonLine, jsonText } from '../foreign-text.js';
import { httpMessage, type PrintableRequest, requestDocument } from '../http-message.js';
import { SCHEMA_VERSION } from '../schema-version.js';

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
    case 'json':
      return printDocument();
    case 'ndjson':
      return {
        ...printEach((request) => jsonLine({ kind: 'request', ...requestDocument(request) })),
        begin: () => jsonLine({ kind: 'ready', ...HEAD }),
      };
    default:
      return form satisfies never;
  }
}

const NEWLINE = Buffer.from('\n');
const HEAD = { schemaVersion: SCHEMA_VERSION, command: 'send', dryRun: true };

function printEach(request: RequestPrinter['request']): RequestPrinter {
  return { begin: () => '', request, end: () => '' };
}

function printDocument(): RequestPrinter {
  let separator = '\n';
  return {
    begin: () => `${jsonText(HEAD).slice(0, -1)},"requests":[`,
    request: (request) => {
      const text = separator + jsonText(requestDocument(request));
      separator = ',\n';
      return text;
    },
    end: () => '\n]}\n',
  };
}
