import type { Header, OutgoingRequest } from '../../ports.js';
import type { Signer } from '../../webhook/digest.js';
import type { Renaming } from '../../webhook/fresh-ids.js';
import type { Composer } from '../composer.js';
import type { CapturedEvents } from './captured-events.js';
import type { CapturedRequests } from './captured-requests.js';
import { resigned } from './resigned.js';

/** What is changed about captured requests; nothing by default. */
export interface Changes {
  /** Signs every request anew. */
  readonly signer: Signer | undefined;
  /** Gives bodies fresh ids. */
  readonly rename: Renaming | undefined;
  /** Sent after all others, and instead of those of the same names. */
  readonly headers: readonly Header[];
}

/** Composes the requests of a run from captured ones: byte for byte, but for the changes. */
export function createCapturedComposer(
  requests: CapturedRequests,
  events: CapturedEvents,
  { signer, rename, headers }: Changes,
): Composer {
  return {
    compose: ({ resource: number }) => {
      const captured = withHeaders(requests.get(number), headers);
      const renamed = rename === undefined ? captured : withFreshIds(captured, rename);
      return signer === undefined ? renamed : resigned(renamed, signer);
    },
    label: ({ resource: number }) => {
      const label = events.label(number);
      return rename === undefined ? label : { ...label, resource: freshId(label.resource, rename) };
    },
  };
}

function withFreshIds({ headers, body }: OutgoingRequest, rename: Renaming): OutgoingRequest {
  return { headers, body: rename(body) };
}

function freshId(id: string, rename: Renaming): string {
  return Buffer.from(rename(Buffer.from(id))).toString();
}

function withHeaders(request: OutgoingRequest, extra: readonly Header[]): OutgoingRequest {
  if (extra.length === 0) return request;
  const replaced = new Set(extra.map(([name]) => name.toLowerCase()));
  const kept = request.headers.filter(([name]) => !replaced.has(name.toLowerCase()));
  return { headers: [...kept, ...extra], body: request.body };
}
