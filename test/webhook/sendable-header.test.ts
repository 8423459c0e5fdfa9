import { expect, test } from 'vitest';
import { requireSendable } from '../../src/webhook/sendable-header.js';

test.each([
  ['X-Payload-Digest', 'abc'],
  ['x-empty', ''],
  ['X-Text', 'tab\tand caf\xe9'],
] as const)('%s can be sent', (name, value) => {
  expect(() => requireSendable([name, value])).not.toThrow();
});

test.each([
  'Host',
  'connection',
  'Content-Length',
  'Transfer-Encoding',
  'Expect',
  'Upgrade',
  'Keep-Alive',
])('%s is written by the tool itself', (name) => {
  const message = `${name} belongs to the connection and is written by the tool.`;
  const error = { code: 'bad-header', message, hint: `Drop ${name}.` };
  expect(() => requireSendable([name, 'x'])).toThrow(expect.objectContaining(error));
});

test.each([
  ['', 'x', '"" is no header name.'],
  ['two words', 'x', '"two words" is no header name.'],
  ['X-A', 'a\r\nX-B: b', 'The value of X-A holds what a header cannot carry.'],
  ['X-A', '€', 'The value of X-A holds what a header cannot carry.'],
])('%j: %j is refused', (name, value, message) => {
  const error = { code: 'bad-header', message, hint: "Type a header as 'Name: value'." };
  expect(() => requireSendable([name, value])).toThrow(expect.objectContaining(error));
});
