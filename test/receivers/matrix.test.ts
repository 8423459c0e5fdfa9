import { describe, expect, it } from 'vitest';
import { checkReceiver, complaints } from './matrix.js';
import { brokenReceivers, correctReceivers } from './registry.js';

const LIMIT_MS = 240_000;

const correct = await correctReceivers();
const broken = await brokenReceivers();

describe.concurrent('check finds nothing wrong with a correct receiver', () => {
  for (const subject of correct) {
    it(`${subject.name}: ${subject.traits}`, { timeout: LIMIT_MS }, async () => {
      const run = await checkReceiver(subject);
      expect(complaints(subject, run)).toEqual([]);
    });
  }
});

describe.concurrent('check finds the bug of a broken receiver', () => {
  for (const subject of broken) {
    it(`${subject.name}: ${subject.rule} fails`, { timeout: LIMIT_MS }, async () => {
      const run = await checkReceiver(subject, ['--rules', subject.rule]);
      expect(complaints(subject, run)).toEqual([]);
    });
  }
});
