import { setInterval } from 'node:timers';
import { type InqudEvent, readEvent } from './inqud-event.js';
import { textAt } from './json.js';
import type { Steps } from './shop.js';
import { isFinal, statusNamed } from './status.js';
import type { Store } from './store.js';

type OnStart = (store: Store, steps: Steps, apiUrl: string | undefined) => () => void;

/** Asks Inqud's API, every so often, for each resource that is not final yet. */
export function healEvery(everyMs: number): OnStart {
  return (store, steps, apiUrl) => {
    if (apiUrl === undefined) return () => {};
    const timer = setInterval(() => void healOpen(store, steps, apiUrl).catch(() => {}), everyMs);
    return () => clearInterval(timer);
  };
}

async function healOpen(store: Store, steps: Steps, apiUrl: string): Promise<void> {
  const open = [...store.resources.values()].filter(
    ({ event }) => !isFinal(statusNamed(event.status) ?? { rank: 0 }),
  );
  for (const { event } of open) {
    const path = apiPath(event);
    const answer = path === undefined ? undefined : await ask(apiUrl + path);
    const current = answer === undefined ? undefined : readEvent(answer);
    if (current !== undefined) await steps.receive(current, store, steps);
  }
}

async function ask(url: string): Promise<Uint8Array | undefined> {
  const { INQUD_API_TOKEN_ID = 'TKN-any', INQUD_API_TOKEN_SECRET = 'any' } = process.env;
  const headers = {
    'X-Token-API-Id': INQUD_API_TOKEN_ID,
    'X-Token-API-Secret': INQUD_API_TOKEN_SECRET,
  };
  const response = await fetch(url, { headers });
  return response.ok ? new Uint8Array(await response.arrayBuffer()) : undefined;
}

/** Where the API tells of a resource; not every kind has such a place. */
function apiPath({ kind, id, body }: InqudEvent): string | undefined {
  if (kind === 'payment' || kind === 'static-payment') return `/v1/user/payments/${id}`;
  if (kind === 'request') return `/v1/user/crypto-acquiring/requests/${id}`;
  if (kind !== 'checkout') return undefined;
  return `/v1/user/crypto-acquiring/${textAt(body, 'projectId')}/checkouts/${id}`;
}
