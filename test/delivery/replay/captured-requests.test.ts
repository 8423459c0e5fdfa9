import { expect, test } from 'vitest';
import { createCapturedRequests } from '../../../src/delivery/replay/captured-requests.js';

const request = (text: string) => ({ headers: [['A', text] as const], body: Buffer.from(text) });
const SPAN = { offset: 10, bytes: 20 };

test('what fits is kept, what does not is read again from its place', () => {
  const asked: object[] = [];
  const requests = createCapturedRequests((span) => {
    asked.push(span);
    return {
      headers: [
        ['Host', 'x'],
        ['A', 'two'],
      ],
      body: Buffer.from('two'),
    };
  }, 1_500);
  requests.add(request('one'), { offset: 0, bytes: 9 });
  requests.add(request('two'), SPAN);
  expect(requests.get(0)).toEqual(request('one'));
  expect(requests.get(1)).toEqual(request('two'));
  expect(asked).toEqual([SPAN]);
});

test('what cannot be read again is kept whatever its size', () => {
  const requests = createCapturedRequests(undefined, 0);
  requests.add(request('one'), undefined);
  expect(requests.get(0)).toEqual(request('one'));
});

test('a file that was changed meanwhile is a mistake that is explained', () => {
  const requests = createCapturedRequests(() => undefined, 0);
  requests.add(request('one'), SPAN);
  expect(() => requests.get(0)).toThrow('The capture file was changed while it was replayed.');
});
