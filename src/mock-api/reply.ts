import type { Header } from '../ports.js';

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
      readonly message: string;
      readonly headers?: readonly Header[];
    };

/** Bodies as they are, in a JSON array. */
export function arrayParts(bodies: readonly Uint8Array[]): readonly Uint8Array[] {
  const items = bodies.flatMap((body, index) => (index === 0 ? [body] : [Buffer.from(','), body]));
  return [Buffer.from('['), ...items, Buffer.from(']')];
}

export function badRequest(message: string): Reply {
  return { kind: 'error', status: 400, code: 'BAD_REQUEST', message };
}

export function unauthorized(message: string): Reply {
  return { kind: 'error', status: 401, code: 'UNAUTHORIZED', message };
}

export function notFound(message: string): Reply {
  return { kind: 'error', status: 404, code: 'NOT_FOUND', message };
}

export function notServed(path: string): Reply {
  return notFound(`The mock does not serve ${path.slice(0, 200)}.`);
}

export function notAllowed(method: string): Reply {
  const message = `The mock only reads: ${method} is not served.`;
  const headers = [['Allow', 'GET, HEAD']] as const;
  return { kind: 'error', status: 405, code: 'METHOD_NOT_ALLOWED', message, headers };
}

export function askedError(): Reply {
  const message = 'This error is one of those that --error-rate asks for.';
  return { kind: 'error', status: 500, code: 'INTERNAL_ERROR', message };
}
