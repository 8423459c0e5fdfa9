import { expect, it } from 'vitest';
import { idempotencySameStatusOtherBytes } from '../../../../src/conformance/rules/idempotency/same-status-other-bytes.js';
import { judge } from '../../../proving-ground/judge.js';
import { modelWith } from '../../../proving-ground/model-with.js';

it.each([
  ['key: kind, id and status', undefined],
  ['key: a hash of the body', 'The same web hook in other bytes was counted twice.'],
  ['key: id, status and time', 'The same status with a later time was counted twice.'],
])('%s', async (way, evidence) => {
  const { results } = await judge(modelWith(way), '1', {
    rules: [idempotencySameStatusOtherBytes],
  });
  const [verdict] = results.map((result) => result.verdict);
  expect(verdict).toMatchObject(
    evidence === undefined ? { status: 'pass' } : { status: 'fail', evidence },
  );
});
