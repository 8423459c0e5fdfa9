import { stripVTControlCharacters } from 'node:util';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  inLine,
  inLines,
  inMarkdown,
  inMarkdownCode,
  inWorkflowMessage,
  inWorkflowProperty,
  inXml,
  jsonText,
  markdownFence,
  withoutControls,
} from '../../src/report/foreign-text.js';

/** Characters that do something instead of showing something, and words that programs obey. */
const HOSTILE = fc
  .array(
    fc.oneof(
      fc.constantFrom(...'\u0000\u0007\b\t\n\r\u001b\u007f\u0085\u009b\u009d'),
      fc.constantFrom(
        ...'\u00ad\u061c\u200b\u200d\u200e\u200f\u2028\u2029\u202a\u202e\u2066\u2069\ufeff',
      ),
      fc.constantFrom('\ud800', '\udc00', '\u{e0041}', '\ufffe', '\uffff'),
      fc.constantFrom(
        '::error::',
        '::set-output name=x::',
        '##[error]',
        '\u001b[31m',
        '\u001b]8;;x\u0007',
      ),
      fc.constantFrom(']]>', '<b>', '&amp;', '```', '`', '|', '[a](b)', '@team', '%0A', '"', "'"),
      fc.string({ unit: 'binary', maxLength: 4 }),
    ),
    { maxLength: 12 },
  )
  .map((parts) => parts.join(''));

const UNSEEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u;
const COMMAND = /^\s*::[a-z]|##\[/im;

test('text from elsewhere cannot move the cursor, change colours or turn the writing around', () => {
  expect(inLines('a\u001b[2Jb\rc\u202ed\u0000\r\ne\tf')).toBe(
    'a\\u001b[2Jb\\u000dc\\u202ed\\u0000\ne\tf',
  );
  expect(inLine('a\r\nb\tc')).toBe('a\\r\\nb\\tc');
});

describe('whatever the text,', () => {
  const always = (holds: (text: string) => void) =>
    fc.assert(
      fc.property(HOSTILE, (text) => {
        holds(text);
      }),
      { numRuns: 2_000 },
    );

  test('a line stays one line of what can be seen, and is no command', () => {
    always((text) => {
      expect(inLine(text)).not.toMatch(UNSEEN);
      expect(inLine(text)).not.toMatch(/::(?=[a-z][a-z-]*(?:\s[^\n]*)?::)|##\[/i);
      expect(inLine(inLine(text))).toBe(inLine(text));
    });
  });

  test('a line is no command either where a report writes colons behind its words', () => {
    always((text) => {
      for (const line of [`${inLine(text)}::`, `${inLine(text)}: x`, `  ${inLine(text)}:`]) {
        expect(line).not.toMatch(/^\s*::(?!ffff:)[a-z]/i);
      }
    });
    expect(inLine('::ffff:127.0.0.1 std::vec::Vec')).toBe('::ffff:127.0.0.1 std:\\u003avec::Vec');
    expect(inLine('##vso[task.complete] ## [x]')).toBe('#\\u0023vso[task.complete] ## [x]');
  });

  test('lines hold nothing unseen but line ends and tabs, and begin with no command', () => {
    always((text) => expect(inLines(text).replace(/[\n\t]/g, '')).not.toMatch(UNSEEN));
    always((text) => expect(inLines(text)).not.toMatch(/^\s*::[a-z][a-z-]*(\s[^\n]*)?::/im));
  });

  test('a Markdown code span is one span of one cell', () => {
    always((text) => {
      const [, fence = '', inner = ''] = /^(`+)(.*?)\1$/s.exec(inMarkdownCode(text)) ?? [];
      expect(fence).not.toBe('');
      expect(inner).not.toMatch(/\||\n/);
      expect([...inner.matchAll(/`+/g)].map(([run]) => run)).not.toContain(fence);
    });
  });

  test('a Markdown fence ends where it should', () => {
    always((text) => {
      const [open = '', ...rest] = markdownFence([text, text]);
      const fence = open.replace('text', '');
      expect(rest).toHaveLength(3);
      expect(rest.slice(0, 2).join('\n')).not.toContain(fence);
    });
  });

  test('Markdown has no link, tag, mention, cell or emphasis of it', () => {
    always((text) => expect(inMarkdown(text)).not.toMatch(/[<>@\n]|(?<!\\)(?:\\\\)*[*_|[`]/));
  });

  test('XML holds it as text', () => {
    always((text) => {
      expect(inXml(text)).not.toMatch(/[<>"'\n]|&(?!(?:amp|lt|gt|quot|apos|#10|#9);)|\]\]>/);
      expect(inXml(text)).not.toMatch(/[^\x20-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u);
    });
  });

  test('a workflow command stays one command', () => {
    always((text) => {
      expect(inWorkflowMessage(text)).not.toMatch(/[\r\n]/);
      expect(inWorkflowProperty(text)).not.toMatch(/[\r\n:,]/);
    });
  });

  test('JSON says the same, and shows everything', () => {
    always((text) => {
      expect(JSON.parse(jsonText({ [text]: text }))).toEqual({ [text]: text });
      expect(jsonText([text])).not.toMatch(UNSEEN);
      expect(jsonText([text])).not.toMatch(COMMAND);
    });
  });

  test('the last look leaves colours, line ends and tabs, and nothing else unseen', () => {
    always((text) => {
      const report = `\u001b[1m${text}\u001b[22m\n`;
      const left = withoutControls(report);
      expect(left.startsWith('\u001b[1m') && left.endsWith('\u001b[22m\n')).toBe(true);
      const bare = stripVTControlCharacters(left).replaceAll(/[\n\t]/g, '');
      expect(bare).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
    });
  });
});
