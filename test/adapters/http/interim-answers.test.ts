import fc from 'fast-check';
import { expect, test } from 'vitest';
import { InterimAnswerError, InterimAnswers } from '../../../src/adapters/http/interim-answers.js';

const FINAL = 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n';

/** What comes out when the bytes come in these chunks, or why not. */
function outcomeOf(chunks: readonly Buffer[], interim = new InterimAnswers()): string {
  const left: Buffer[] = [];
  try {
    for (const chunk of chunks) left.push(interim.take(chunk));
  } catch (error) {
    if (error instanceof InterimAnswerError) return error.fault;
    throw error;
  }
  return Buffer.concat([...left, interim.end()]).toString('latin1');
}

function cut(text: string, places: readonly number[]): readonly Buffer[] {
  const bytes = Buffer.from(text, 'latin1');
  const cuts = [0, ...places.map((at) => at % (bytes.length + 1)), bytes.length];
  const inOrder = cuts.toSorted((a, b) => a - b);
  return inOrder.slice(1).map((end, index) => bytes.subarray(inOrder[index], end));
}

const token = fc.stringMatching(/^[A-Za-z0-9!#$%&'*+.^_`|~-]{1,12}$/);
const line = fc.oneof(
  fc.tuple(token, fc.stringMatching(/^[ -~\t]{0,30}$/)).map(([name, value]) => `${name}:${value}`),
  fc.stringMatching(/^[ \t][ -~]{0,20}$/),
);
const interimHead = fc
  .tuple(
    fc.constantFrom('1.1', '1.0'),
    fc.integer({ min: 100, max: 199 }).filter((status) => status !== 101),
    fc.stringMatching(/^( [ -~]{0,20})?$/),
    fc.array(line, { maxLength: 4 }),
    fc.constantFrom('\r\n', '\n'),
  )
  .map(([version, status, reason, lines, end]) =>
    [`HTTP/${version} ${status}${reason}`, ...lines, '', ''].join(end),
  );
/** Anything: also what looks like another answer, interim ones included. */
const rest = fc.oneof(
  fc.constant(`ok${FINAL}HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 102 Processing\r\n\r\n`),
  fc.string({ unit: fc.integer({ min: 0, max: 255 }).map((code) => String.fromCharCode(code)) }),
);
const places = fc.array(fc.nat(), { maxLength: 30 });

test('up to ten interim answers are taken out, and nothing else, however the bytes are cut', () => {
  fc.assert(
    fc.property(
      fc.array(interimHead, { maxLength: 10 }),
      fc.constantFrom(FINAL, 'HTTP/1.1 101 Switching Protocols\r\n\r\n', 'HTTP/1.1 404\r\n\r\n'),
      rest,
      places,
      (heads, final, body, cuts) => {
        const after = `${final}${body}`;
        expect(outcomeOf(cut(`${heads.join('')}${after}`, cuts))).toBe(after);
      },
    ),
  );
});

test('more than ten interim answers are too many, however the bytes are cut', () => {
  fc.assert(
    fc.property(fc.array(interimHead, { minLength: 11, maxLength: 14 }), places, (heads, cuts) => {
      expect(outcomeOf(cut(`${heads.join('')}${FINAL}`, cuts))).toBe('too-many');
    }),
  );
});

test('any bytes end the same, however they are cut', () => {
  const piece = fc.oneof(
    interimHead,
    rest,
    fc.constantFrom(
      'HTTP/1.1 1',
      'HTTP/1.1 100',
      '\r\n',
      'HTTP/1.1 100 Continue\r\nBad Header\r\n',
    ),
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 6 }), places, (pieces, cuts) => {
      const text = pieces.join('');
      expect(outcomeOf(cut(text, cuts))).toBe(outcomeOf([Buffer.from(text, 'latin1')]));
    }),
  );
});

test('every answer of a kept connection has its own ten', () => {
  const interim = new InterimAnswers();
  const ten = 'HTTP/1.1 103 Early Hints\r\n\r\n'.repeat(10);
  for (let answer = 0; answer < 3; answer += 1) {
    interim.expectAnswer();
    expect(outcomeOf([Buffer.from(`${ten}${FINAL}ok`)], interim)).toBe(`${FINAL}ok`);
  }
});

test('what comes before the request is written is not forgotten', () => {
  const interim = new InterimAnswers();
  expect(interim.take(Buffer.from('HTTP/1.1 10'))).toHaveLength(0);
  interim.expectAnswer();
  expect(outcomeOf([Buffer.from(`0 Continue\r\n\r\n${FINAL}`)], interim)).toBe(FINAL);
});

test('empty lines before an answer are left, but not without end', () => {
  expect(outcomeOf([Buffer.from(`\r\n\r\n${FINAL}`)])).toBe(`\r\n\r\n${FINAL}`);
  expect(outcomeOf([Buffer.from('\r\n'.repeat(600))])).toBe('invalid');
});

test.each([
  ['a line that is no header', 'HTTP/1.1 100 Continue\r\nHTTP/1.1 200 OK\r\n\r\n'],
  ['a name with a blank', 'HTTP/1.1 100 Continue\r\nA : b\r\n\r\n'],
  ['an end that is none', 'HTTP/1.1 100 Continue\r\n\rX'],
])('the head of an interim answer with %s is refused', (_what, text) => {
  expect(outcomeOf([Buffer.from(text)])).toBe('invalid');
});

test('the head of an interim answer is not read without end', () => {
  const interim = new InterimAnswers();
  let bytes = 0;
  const read = () => {
    for (;;) bytes += interim.take(Buffer.from('X-A: b\r\n')).length + 8;
  };
  interim.take(Buffer.from('HTTP/1.1 103 Early Hints\r\n'));
  expect(read).toThrow('too-large');
  expect(bytes).toBeLessThan(70_000);
});
