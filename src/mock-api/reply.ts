import type { Header } from '../ports.js';
import type { ApiFinding } from './finding.js';

/** What is answered; the code and message of an error are in a shape that is inferred. */
export type Reply =
  | {
      readonly kind: 'json';
      readonly parts: readonly Uint8Array[];
      readonly headers?: readonly Header[];
    }
  | {
      readonly kind: 'error';
      readonly status: number;
      readonly code: string;
      readonly because: ApiFinding;
      readonly headers?: readonly Header[];
    };

/** Bodies as they are, in a JSON array. */
export function arrayParts(bodies: readonly Uint8Array[]): readonly Uint8Array[] {
  const items = bodies.flatMap((body, index) => (index === 0 ? [body] : [Buffer.from(','), body]));
  return [Buffer.from('['), ...items, Buffer.from(']')];
}

export function badRequest(because: ApiFinding): Reply {
  return { kind: 'error', status: 400, code: 'BAD_REQUEST', because };
}

export function unauthorized(because: ApiFinding): Reply {
  return { kind: 'error', status: 401, code: 'UNAUTHORIZED', because };
}

export function notFound(because: ApiFinding): Reply {
  return { kind: 'error', status: 404, code: 'NOT_FOUND', because };
}

export function notServed(path: string): Reply {
  return notFound({ code: 'not-served', path });
}

export function notAllowed(method: string): Reply {
  const because: ApiFinding = { code: 'only-reads', method };
  const headers = [['Allow', 'GET, HEAD']] as const;
  return { kind: 'error', status: 405, code: 'METHOD_NOT_ALLOWED', because, headers };
}

export function askedError(): Reply {
  const because: ApiFinding = { code: 'asked-error' };
  return { kind: 'error', status: 500, code: 'INTERNAL_ERROR', because };
}
