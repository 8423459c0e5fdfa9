import { recognise } from '../webhook/kinds/recognise.js';

/** What a body is about, in the words of the report. */
export interface BodyDescription {
  /** `kind.status`, or `unknown`. */
  readonly event: string;
  readonly resource?: string;
}

/** Bodies say neither, so both are inferred. */
export function describeBody(body: Uint8Array): BodyDescription {
  const { id, kind, status } = recognise(body);
  if (kind === undefined || status === undefined) return { event: 'unknown' };
  const event = `${kind.kind}.${status}`;
  return id === undefined ? { event } : { event, resource: id };
}
