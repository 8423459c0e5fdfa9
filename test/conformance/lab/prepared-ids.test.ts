import { expect, test } from 'vitest';
import { idsIn, preparedIds } from '../../../src/conformance/lab/prepared-ids.js';

test.each([
  ['{"id":"CCO-1","clientOrderId":"A-17"}', { id: 'CCO-1', clientOrderId: 'A-17' }],
  ['{"clientOrderId":90071992547409931}\n', { clientOrderId: '90071992547409931' }],
  ['{"referenceId":"R-1"}', { clientOrderId: 'R-1' }],
  ['clientOrderId=A-17\n', { clientOrderId: 'A-17' }],
  [
    'making the order …\r\n id = CCO-9 \r\nreference=B 1\r\n',
    { id: 'CCO-9', clientOrderId: 'B 1' },
  ],
])('a command gives ids by what it prints: %j', (output, ids) => {
  expect(preparedIds(output)).toEqual(ids);
});

test.each([
  '',
  'ok',
  '201',
  '{"id":17,"status":"open","total":"9.90"}',
  '{"id":',
  '[{"id":"x"}]',
  'created order 17',
  '{"id":null}',
  'id=',
])('whatever else it prints changes no id: %j', (output) => {
  expect(preparedIds(output)).toEqual({});
});

test('a function gives them back', () => {
  expect(idsIn({ clientOrderId: 'A-17' })).toEqual({ clientOrderId: 'A-17' });
  expect(idsIn(undefined)).toEqual({});
});
