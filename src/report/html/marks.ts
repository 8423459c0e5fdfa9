import { html, type Markup } from './markup.js';

/** What can come of a delivery, as a shape: the colour only says it again. */
export const MARK_NAMES = {
  delivered: 'answered 200: delivered',
  again: 'delivered again, and answered 200',
  failed: 'not answered 200: Inqud tries again',
  lost: 'not answered 200, and no attempt is left: lost',
  unheard: 'the answer is kept from the sender: our fault',
  away: 'kept away: our fault',
  refused: 'a duplicate that is not answered 200',
  cut: 'under way when the run was interrupted',
} as const;

export type MarkName = keyof typeof MARK_NAMES;

/** The shapes, around a point each. */
export const MARKS: Markup = html`<svg class="defs" aria-hidden="true" focusable="false"><defs>
<g id="m-delivered"><circle class="paper" r="7"/><circle class="mark solid fill-good" r="5.5"/></g>
<g id="m-again"><circle class="paper" r="7"/><circle class="mark stroke-good" r="5.5"/><circle class="mark solid fill-good" r="2.5"/></g>
<g id="m-failed"><circle class="paper" r="7"/><path class="mark stroke-bad" d="M-4.5-4.5 4.5 4.5M-4.5 4.5 4.5-4.5"/></g>
<g id="m-lost"><rect class="mark solid fill-bad" x="-7" y="-7" width="14" height="14" rx="2"/><path class="on-fill" d="M-3.5-3.5 3.5 3.5M-3.5 3.5 3.5-3.5"/></g>
<g id="m-unheard"><circle class="paper" r="7"/><circle class="mark stroke-warn" r="5.5"/><path class="mark solid fill-warn" d="M0-5.5A5.5 5.5 0 0 0 0 5.5Z"/></g>
<g id="m-away"><circle class="paper" r="7"/><circle class="mark stroke-warn" r="5.5"/><path class="mark stroke-warn" d="M-3.9 3.9 3.9-3.9"/></g>
<g id="m-refused"><path class="paper" d="M0-8 8 0 0 8-8 0Z"/><path class="mark stroke-bad" d="M0-6 6 0 0 6-6 0Z"/></g>
<g id="m-cut"><circle class="paper" r="7"/><path class="mark stroke-warn" d="M-5-2.5H5M-5 2.5H5"/></g>
<g id="m-stale"><path class="mark solid fill-warn" d="M-5-13H5L0-7Z"/></g>
<pattern id="p-vain" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect class="fill-warn-wash" width="6" height="6"/><rect class="fill-warn" width="1.5" height="6"/></pattern>
<pattern id="p-rare" width="4" height="4" patternUnits="userSpaceOnUse"><rect class="fill-calm-wash" width="4" height="4"/><rect class="fill-calm" width="4" height="1.5"/></pattern>
<pattern id="p-late" width="8" height="8" patternUnits="userSpaceOnUse" patternTransform="rotate(-45)"><rect class="fill-bad-wash" width="8" height="8"/><rect class="fill-bad" width="3" height="8"/></pattern>
</defs></svg>`;

/** A shape by itself, for a legend. */
export function legendMark(name: MarkName | 'stale'): Markup {
  const move = name === 'stale' ? 'translate(10 20)' : 'translate(10 10)';
  return html`<svg viewBox="0 0 20 20" aria-hidden="true"><use href="${`#m-${name}`}" transform="${move}"/></svg>`;
}
