const LATEST_MS = 8.64e15;
const NO_ZONE = /^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}$/;

/** ISO 8601 UTC of a time some tool wrote; a time without a zone is taken as UTC. */
export function isoFromText(text: unknown): string | undefined {
  if (typeof text !== 'string') return undefined;
  return isoFromEpochMs(Date.parse(NO_ZONE.test(text) ? `${text.replace(' ', 'T')}Z` : text));
}

export function isoFromEpochMs(ms: unknown): string | undefined {
  if (typeof ms !== 'number' || !(Math.abs(ms) <= LATEST_MS)) return undefined;
  return new Date(ms).toISOString();
}
