import { readdirSync, readFileSync } from 'node:fs';

const EVENTS = new URL('../../fixtures/events/', import.meta.url);

/** The names of all sample files, as `checkout/request-created.json`. */
export function sampleFiles(): readonly string[] {
  return readdirSync(EVENTS, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.json'))
    .map((path) => path.replaceAll('\\', '/'))
    .sort();
}

/** The text of an event's sample: `checkout.request-created`. */
export function sampleText(event: string): string {
  return readFileSync(new URL(`${event.replace('.', '/')}.json`, EVENTS), 'utf8');
}
