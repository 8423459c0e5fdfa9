import { planDocument } from '../../../src/delivery/plan-document.js';
import { makePlan } from '../../../src/delivery/plan-request.js';
import type { AttemptRecord, RunSummary } from '../../../src/delivery/records.js';
import { simulateRetriesPage } from '../../../src/report/html/simulate-retries.js';

const EVENTS = ['new', 'request-created', 'payment-detected', 'success'];
const ATTEMPTS_OF_EVENT = 5;
const MINUTE_MS = 60_000;

/** The page of a run of so many attempts, some of them in every kind of trouble. */
export function largeRunPage(attempts: number): string {
  const resources = attempts / (EVENTS.length * ATTEMPTS_OF_EVENT);
  const plan = planDocument(
    makePlan({ seed: '7', lives: [{ kind: 'checkout', statuses: EVENTS }], resources }),
  );
  const renderer = simulateRetriesPage(
    {
      ...{ url: 'http://127.0.0.1:3000/', receiver: undefined, signed: true, mockApi: undefined },
      ...{ plan, events: resources * EVENTS.length, resources, notes: [] },
      reproduce: 'inqud-hook simulate-retries',
    },
    { atMs: 0, version: '1.2.3', shown: (text) => text },
  );
  renderer.begin();
  for (let attempt = 1; attempt <= ATTEMPTS_OF_EVENT; attempt += 1) {
    for (let resource = 0; resource < resources; resource += 1) {
      for (const [index, event] of EVENTS.entries()) {
        renderer.record(record({ attempt, resource, index, event }));
      }
    }
  }
  return renderer.end(summaryOf(attempts, resources));
}

interface Place {
  readonly attempt: number;
  readonly resource: number;
  readonly index: number;
  readonly event: string;
}

function record({ attempt, resource, index, event }: Place): AttemptRecord {
  const planMs = (index + 2 ** attempt) * MINUTE_MS + (resource % 977);
  const isLast = attempt === ATTEMPTS_OF_EVENT;
  const isLost = isLast && resource % 50 === 0;
  const status = isLast && !isLost ? 200 : 503;
  const waitMs = 2 ** attempt * MINUTE_MS;
  return {
    kind: 'attempt',
    event: `checkout.${event}`,
    resource: `CCO-${resource.toString(16).padStart(8, '0')}-0000-4000-8000-000000000000`,
    planMs,
    attempt,
    attempts: ATTEMPTS_OF_EVENT,
    ...(resource % 7 === 0 && index < 3 && attempt > 1 ? { outOfOrder: true as const } : {}),
    outcome: { kind: 'responded', status, ms: 3 },
    next: isLost
      ? { kind: 'lost' }
      : isLast
        ? { kind: 'delivered' }
        : { kind: 'retry', dueMs: planMs + waitMs, waitMs },
  };
}

function summaryOf(attempts: number, resources: number): RunSummary {
  const total = resources * EVENTS.length;
  const lost = Math.ceil(resources / 50) * EVENTS.length;
  const faults = { dropped: 0, duplicates: 0, duplicatesRefused: 0, lostAcks: 0, blocked: 0 };
  return {
    kind: 'summary',
    events: { total, delivered: total - lost, lost, withheld: 0, open: 0 },
    deliveredOnAttempt: [0, 0, 0, 0, total - lost],
    attempts: {
      ...{ sent: attempts, retries: attempts - total, timedOut: 0, broken: 0, unreachable: 0 },
      statuses: { '200': total - lost, '503': attempts - total + lost },
    },
    faults: { ...faults, overlaps: 0, overlapsMissed: 0, late: 0 },
    outOfOrder: 0,
    acknowledgement: undefined,
    ...{ almostDelivered: 0, redirects: 0, timeoutMs: 10_000, lastPlanMs: 35 * MINUTE_MS },
    ...{ lostEvents: [], withheldEvents: [], interrupted: false },
  };
}
