import { expect, test } from 'vitest';
import { readSamples } from '../../src/delivery/read-samples.js';
import type { SampleFiles } from '../../src/ports.js';
import { batchOf, planOf } from './plans.js';

test('reads each sample a plan is made of once, whatever the number of resources', async () => {
  const asked: string[] = [];
  const files: SampleFiles = {
    read: (kind, status) => {
      asked.push(`${kind}.${status}`);
      return Promise.resolve(`{"of":"${status}"}`);
    },
  };
  const batches = [batchOf('payment', { count: 100 }), batchOf('payment:failed')];
  const samples = await readSamples(planOf({ batches }), files);
  expect(asked.sort()).toEqual([
    'payment.failed',
    'payment.new',
    'payment.pending',
    'payment.success',
  ]);
  expect(samples.get('payment.success')).toBe('{"of":"success"}');
});
