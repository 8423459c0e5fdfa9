import { readFileSync } from 'node:fs';
import type { SampleFiles } from '../ports.js';

/** The source and both builds lie two folders below the package's own, beside which are the fixtures. */
const EVENTS = '../../fixtures/events';

/** The sample events that come with the package: small files, read at once. */
export const packagedSamples: SampleFiles = {
  read: async (kind, status) =>
    readFileSync(new URL(`${EVENTS}/${kind}/${status}.json`, import.meta.url), 'utf8'),
};
