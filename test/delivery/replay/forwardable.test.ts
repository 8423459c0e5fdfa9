import { describe, expect, it } from 'vitest';
import { forwardable } from '../../../src/delivery/replay/forwardable.js';
import type { Header } from '../../../src/ports.js';

const BODY = Buffer.from('{}');
const kept = (headers: readonly Header[]) => {
  const found = forwardable({ headers, body: BODY });
  return found.kind === 'request' ? found.request.headers : found;
};

describe('a captured request', () => {
  it('keeps its headers in order, case and number, and its body', () => {
    const headers: readonly Header[] = [
      ['X-B', '1'],
      ['x-payload-digest', 'ab'],
      ['X-B', '2'],
      ['X-Caf', '\xe9'],
      ['X-Empty', ''],
    ];
    expect(forwardable({ headers, body: BODY })).toEqual({
      kind: 'request',
      request: { headers, body: BODY },
    });
  });

  it.each([
    'Host',
    'content-length',
    'Connection',
    'Keep-Alive',
    'Proxy-Connection',
    'Transfer-Encoding',
    'TE',
    'Trailer',
    'Upgrade',
    'Expect',
    ':method',
  ])('leaves %s to the next connection', (name) => {
    expect(
      kept([
        ['A', '1'],
        [name, 'x'],
        ['B', '2'],
      ]),
    ).toEqual([
      ['A', '1'],
      ['B', '2'],
    ]);
  });

  it('leaves what Connection names to it too', () => {
    expect(
      kept([
        ['X-Hop', '1'],
        ['Connection', 'keep-alive, x-hop'],
        ['connection', 'X-Other'],
        ['x-other', '2'],
        ['X-End', '3'],
      ]),
    ).toEqual([['X-End', '3']]);
  });

  it.each([
    [['a b', '1'], 'a b'],
    [['', '1'], ''],
    [['X-A', 'a\r\nb'], 'X-A'],
    [['X-A', '☕'], 'X-A'],
  ] as const)('with the header %j is not sent', (given, header) => {
    expect(kept([['A', '1'], given])).toEqual({ kind: 'unsendable', header });
  });
});
