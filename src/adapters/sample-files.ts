import { readFile } from 'node:fs/promises';
import type { SampleFiles } from '../ports.js';

/** The source and both builds lie two folders below the package's own, beside which are the fixtures. */
const EVENTS = new URL('../../fixtures/events/', import.meta.url);

/** The sample events that come with the package. */
export const packagedSamples: SampleFiles = {
  read: (kind, status) => readFile(new URL(`${kind}/${status}.json`, EVENTS), 'utf8'),
};
