import {
  type CapturedEvents,
  createCapturedEvents,
} from '../../../src/delivery/replay/captured-events.js';
import { recognise } from '../../../src/webhook/kinds/recognise.js';

/** Captured requests at these times (undefined for none), each about the resource of that id. */
export function capturedAt(
  requests: readonly (readonly [atMs: number | undefined, id?: string])[],
): CapturedEvents {
  const events = createCapturedEvents();
  for (const [index, [atMs = Number.NaN, id]] of requests.entries()) {
    const body = id === undefined ? 'no JSON' : `{"id":"${id}","status":"NEW"}`;
    events.add({ atMs, recognised: recognise(Buffer.from(body)), place: { line: index + 1 } });
  }
  return events;
}
