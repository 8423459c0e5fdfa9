import type { RuleResult } from '../../../conformance/rule.js';
import { storyKey } from '../../check/timeline.js';
import { adviceOf, evidenceText } from '../../check/words.js';
import { counted } from '../../count.js';
import { groupedBy } from '../../distinct.js';
import { html, type Markup, type MarkupValue } from '../markup.js';
import { foreign, notes } from '../parts.js';
import { storyPicture } from './sequence.js';

/** What a receiver said may be a part of it. */
const EVIDENCE = 600;

/** A rule that fails: why, the deliveries that show it, what to do, and what may follow from it. */
export function failureArticle(result: RuleResult, all: readonly RuleResult[]): Markup {
  const { rule, verdict } = result;
  const isMust = rule.severity === 'must';
  return html`<article class="${isMust ? 'failure' : 'failure should'}" id="${anchorOf(rule.id)}">
<h3>${isMust ? '✗' : '!'} ${rule.title}</h3>
<p class="small"><code>${rule.id}</code> <span class="${isMust ? 'tag bad' : 'tag warn'}">${rule.severity}</span></p>
<p>${foreign(evidenceText(verdict.evidence), EVIDENCE)}</p>
${pictureOf(result, all)}
<p><b>Fix:</b> ${adviceOf(result)}</p>
<p class="small soft">Inqud: ${sourceLink(rule.source)}</p>
${consequences(result, all)}
</article>
`;
}

/** A story that an earlier rule has told is not told again. */
function pictureOf({ rule, verdict }: RuleResult, all: readonly RuleResult[]): MarkupValue {
  if (verdict.status !== 'fail' || verdict.story === undefined) return undefined;
  const key = storyKey(verdict.story);
  const first = all.find(
    (other) =>
      other.followsFrom === undefined &&
      other.verdict.status === 'fail' &&
      other.verdict.story !== undefined &&
      storyKey(other.verdict.story) === key,
  );
  if (first === undefined || first.rule.id === rule.id) return storyPicture(verdict.story);
  return html`<p>See the deliveries of <a href="${`#${anchorOf(first.rule.id)}`}">${first.rule.id}</a>.</p>`;
}

function consequences({ rule }: RuleResult, all: readonly RuleResult[]): MarkupValue {
  const following = all.filter(({ followsFrom }) => followsFrom === rule.id);
  if (following.length === 0) return undefined;
  return html`<h4>What may follow from it</h4>${notes(
    following.map(
      (one) =>
        html`<code>${one.rule.id}</code> (${one.rule.severity}): ${foreign(evidenceText(one.verdict.evidence), EVIDENCE)}`,
    ),
  )}`;
}

function anchorOf(id: string): string {
  return `rule-${id.replaceAll('/', '-')}`;
}

/** Only a page of Inqud's is a link. */
function sourceLink(source: string): Markup {
  return /^https:\/\/docs\.inqud\.com\//.test(source)
    ? html`<a href="${source}" rel="noreferrer">${source}</a>`
    : html`${source}`;
}

/** What was not told, by the reason, since many rules can want for the same thing. */
export function untoldList(untold: readonly RuleResult[]): MarkupValue {
  const byReason = groupedBy(untold, ({ verdict: { status, evidence } }) => [status, evidence]);
  return notes(
    byReason.map((alike) => {
      const ids = alike.map(({ rule }) => rule.id).join(', ');
      const { status, evidence } = alike[0].verdict;
      const what = status === 'skipped' ? 'skipped' : 'not told';
      return html`<b>${counted(alike.length, 'rule')} ${what}.</b> ${foreign(evidenceText(evidence), EVIDENCE)}<br><span class="small soft">${ids}</span>`;
    }),
  );
}

/** What holds, by area. */
export function passedList(passed: readonly RuleResult[]): Markup {
  const areas = new Map<string, RuleResult[]>();
  for (const result of passed) {
    const area = result.rule.id.split('/')[0] ?? '';
    areas.set(area, [...(areas.get(area) ?? []), result]);
  }
  return html`<ul class="passed">${[...areas].map(
    ([area, results]) =>
      html`<li><b class="good">✓ ${area}</b><ul>${results.map(
        ({ rule }) => html`<li>${rule.title}</li>`,
      )}</ul></li>`,
  )}</ul>`;
}
