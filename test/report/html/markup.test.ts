import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { html, inHtml, writtenMarkup } from '../../../src/report/html/markup.js';
import { foreign } from '../../../src/report/html/parts.js';

const asIs = (text: string) => text;

describe('text in a page is shown as it is written', () => {
  test.each([
    ['<script>alert(1)</script>', '&#60;script&#62;alert(1)&#60;/script&#62;'],
    [`"quoted" 'too' \`and\` &amp;`, '&#34;quoted&#34; &#39;too&#39; &#96;and&#96; &#38;amp;'],
    ['right \u202e to left', 'right \\u202e to left'],
    ['line\nbreak\u0000', 'line\\nbreak\\u0000'],
    ['שלום мир 你好', 'שלום мир 你好'],
  ])('%j', (text, written) => {
    expect(writtenMarkup(html`<p title="${text}">${text}</p>`, asIs)).toBe(
      `<p title="${written}">${written}</p>`,
    );
  });

  test('whatever it is: no text opens a tag, ends an attribute or hides', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(inHtml(text)).not.toMatch(/[<>"'`\p{Cc}\p{Cf}\p{Zl}\p{Zp}]|&(?!#\d+;)/u);
      }),
    );
  });
});

describe('markup', () => {
  test('holds markup, lists, numbers and nothing', () => {
    const items = ['a', 'b<'].map((item) => html`<li>${item}</li>`);
    expect(writtenMarkup(html`<ul>${items}${undefined}${3}</ul>`, asIs)).toBe(
      '<ul><li>a</li><li>b&#60;</li>3</ul>',
    );
  });

  test('hides secrets in its texts before they are escaped, and leaves its tags alone', () => {
    const shown = (text: string) =>
      text.replaceAll('a<b', '[secret]').replaceAll('div', '[secret]');
    expect(writtenMarkup(html`<div class="${'a<b'}">${'x a<b div'}</div>`, shown)).toBe(
      '<div class="[secret]">x [secret] [secret]</div>',
    );
  });

  test('cuts what nobody reads, and never between the halves of a character', () => {
    expect(writtenMarkup(foreign('x'.repeat(10_000), 5), asIs)).toBe('<bdi>xxxx…</bdi>');
    expect(writtenMarkup(foreign('xxx😀😀', 5), asIs)).toBe('<bdi>xxx…</bdi>');
  });
});
