import { expect, test } from 'vitest';
import { parseRespondFile } from '../../src/listening/respond-file.js';

test('reads answers as they are written', () => {
  const text = '[{"status":500},{"status":200,"headers":[["X-A","b"]],"body":"ok","delayMs":2000}]';
  expect(parseRespondFile(text, 'answers.json')).toEqual([
    { status: 500 },
    { status: 200, headers: [['X-A', 'b']], body: 'ok', delayMs: 2_000 },
  ]);
});

test.each([
  ['no JSON', 'it is not JSON'],
  ['{}', 'it is Object, where Array is needed'],
  ['[]', 'it is 0, where >=1 is needed'],
  ['[{}]', '`0.status` is missing'],
  ['[{"status":"200"}]', '`0.status` is "200", where number is needed'],
  ['[{"status":100}]', '`0.status` is 100, where >=200 is needed'],
  ['[{"status":600}]', '`0.status` is 600, where <=599 is needed'],
  ['[{"status":200,"delay":1}]', '`0.delay` is not known'],
  ['[{"status":200,"delayMs":-1}]', '`0.delayMs` is -1, where >=0 is needed'],
  ['[{"status":200,"headers":{"A":"b"}}]', '`0.headers` is Object, where Array is needed'],
  ['[{"status":200,"headers":[["A b","c"]]}]', 'where a header name is needed'],
  ['[{"status":200,"headers":[["A","b\\r\\nC: d"]]}]', 'where a header value is needed'],
  [
    '[{"status":200,"headers":[["Content-Length","9"]]}]',
    'where a header that the listener does not write itself is needed',
  ],
])('refuses %s', (text, reason) => {
  expect(() => parseRespondFile(text, 'answers.json')).toThrow(reason);
  expect(() => parseRespondFile(text, 'answers.json')).toThrow(
    'answers.json holds no answers to give: ',
  );
});
