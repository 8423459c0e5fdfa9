import { expect, it } from 'vitest';
import { idempotencySameStatusOtherBytes } from '../../../../src/conformance/rules/idempotency/same-status-other-bytes.js';
import { judge } from '../../../proving-ground/judge.js';
import { modelWith } from '../../../proving-ground/model-with.js';
import { digestOf } from '../../../receivers/shop/digest.js';
import { credulous, SECRET } from '../../shop.js';
import { toldOfShop } from '../../told.js';

const RULE = 'idempotency/same-status-other-bytes';

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

it('what is not documented to come is advice', async () => {
  expect(await toldOfShop(RULE)).toMatchObject({ status: 'pass', severity: 'advisory' });
});

it('who counts the same bytes twice is told so by another rule', async () => {
  expect(await toldOfShop(RULE, { handle: credulous })).toMatchObject({
    status: 'skipped',
    evidence: 'The same bytes do not count once either.',
  });
});

it('who refuses JSON that is written otherwise is told so by another rule', async () => {
  const told = await toldOfShop(RULE, {
    accepts: ([digest], _, { body }) => digest === digestOf(rewritten(body), SECRET),
  });
  expect(told).toMatchObject({
    status: 'skipped',
    evidence: 'Written otherwise, the web hook is refused.',
  });
});

function rewritten(body: Uint8Array): Uint8Array {
  return new TextEncoder().encode(JSON.stringify(JSON.parse(new TextDecoder().decode(body))));
}
