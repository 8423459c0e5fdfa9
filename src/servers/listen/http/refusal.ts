import type { ServerResponse } from 'node:http';

/** Why a request is not recorded, as the sender is told. */
export interface Refusal {
  readonly status: number;
  /** A sentence. */
  readonly reason: string;
  readonly allow?: readonly string[];
}

const TITLES: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  404: 'Not Found',
  405: 'Method Not Allowed',
  408: 'Request Timeout',
  413: 'Content Too Large',
  417: 'Expectation Failed',
  431: 'Request Header Fields Too Large',
  503: 'Service Unavailable',
};

/** Refuses a request, and then takes no other on its connection. */
export function refuse(response: ServerResponse, { status, reason, allow }: Refusal): void {
  response.writeHead(status, {
    'Content-Type': 'text/plain; charset=utf-8',
    'Content-Length': Buffer.byteLength(reason) + 1,
    ...(allow === undefined ? {} : { Allow: allow.join(', ') }),
    Connection: 'close',
  });
  response.end(`${reason}\n`);
}

/** The same where no request could be read that a response would belong to. */
export function refusalText({ status, reason }: Refusal): string {
  return [
    `HTTP/1.1 ${status} ${TITLES[status] ?? 'Refused'}`,
    'Content-Type: text/plain; charset=utf-8',
    `Content-Length: ${Buffer.byteLength(reason) + 1}`,
    'Connection: close',
    '',
    `${reason}\n`,
  ].join('\r\n');
}
