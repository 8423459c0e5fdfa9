import {
  type CapturedEvents,
  createCapturedEvents,
} from '../../../src/delivery/replay/captured-events.js';
import { recognise } from '../../../src/webhook/kinds/recognise.js';

/** Captured requests at these times (undefined for none), each about the resource of that id. */
type Given =
  | readonly [atMs: number | undefined, id?: string]
  | readonly [what: 'unselected', atMs: number];

export function capturedAt(requests: readonly Given[]): CapturedEvents {
  const events = createCapturedEvents();
  for (const [index, [first, second]] of requests.entries()) {
    if (first === 'unselected') events.addUnselected(Number(second));
    else {
      const body = second === undefined ? 'no JSON' : `{"id":"${second}","status":"NEW"}`;
      const recognised = recognise(Buffer.from(body));
      events.add({ atMs: first ?? Number.NaN, recognised, place: { line: index + 1 } });
    }
  }
  return events;
}
