import type { Story } from '../../../conformance/rule.js';
import type { Outcome } from '../../../ports.js';
import { isDelivered } from '../../../webhook/scheme.js';
import {
  answersText,
  cast,
  LETTERS,
  stateValue,
  type ToldDelivery,
  timesWords,
  toldDeliveries,
} from '../../check/timeline.js';
import { html, type Markup, type MarkupValue } from '../markup.js';
import { foreign, table } from '../parts.js';

/** Deliveries and differences beyond this many are counted, not drawn. */
const MOST_DELIVERIES = 40;
const MOST_DIFFERENCES = 20;
const NAME = 200;

/** The deliveries of a failure, drawn between the two who talk, and the state beside them. */
export function storyPicture(story: Story): Markup {
  const times = timesWords(story);
  return html`<div class="beside">
<div><h4>What was delivered</h4>${cast(story).map((line) => html`<p class="small">${line}</p>`)}
${sequence(toldDeliveries(story))}</div>
<div>${stateSection(story)}${times === '' ? undefined : html`<p class="small">${times}</p>`}</div>
</div>`;
}

function sequence(told: readonly ToldDelivery[]): MarkupValue {
  const drawn = told.slice(0, MOST_DELIVERIES);
  const steps = new Map<number, ToldDelivery[]>();
  for (const one of drawn) steps.set(one.step, [...(steps.get(one.step) ?? []), one]);
  const more = told.length - drawn.length;
  return [
    html`<div class="lifelines" aria-hidden="true"><span>Inqud</span><span>your receiver</span></div>
<ol class="sequence">${[...steps.values()].map(stepItem)}</ol>`,
    more > 0 ? html`<p class="small soft">and ${more} more</p>` : undefined,
  ];
}

/** What is under way at the same time is requested first, and answered then. */
function stepItem(step: readonly ToldDelivery[]): Markup {
  return html`<li class="${step.length > 1 ? 'together' : ''}">${step.map(request)}${step.map(answer)}</li>
`;
}

function request({ number, name }: ToldDelivery): Markup {
  return html`<p class="said"><b>${number}</b> ${foreign(name, NAME)}</p>
<svg aria-hidden="true"><line class="arrow" x1="0" x2="100%" y1="6" y2="6"/><svg x="100%" overflow="visible"><path class="arrow" d="M-8 1 0 6-8 11"/></svg></svg>`;
}

const KEPT_WORDS = { awaited: '', lost: ' · the answer is lost', cut: ' · we hang up' } as const;

function answer({ number, answer: kept, outcomes, isTogether }: ToldDelivery): MarkupValue {
  const text = answersText(outcomes);
  if (text === '' && kept === 'awaited') return undefined;
  const which = isTogether ? html`<span class="soft">to ${number}:</span> ` : undefined;
  return html`<p class="said back">${which}${text === '' ? 'no answer' : text}${KEPT_WORDS[kept]}</p>
${kept === 'awaited' ? heard(outcomes) : unheard()}`;
}

function heard(outcomes: readonly Outcome[]): Markup {
  const last = outcomes.at(-1);
  const tone = last !== undefined && isDelivered(last) ? 'good' : 'bad';
  const isSaid = last?.kind === 'responded';
  return html`<svg aria-hidden="true"><line class="${`arrow ${tone}${isSaid ? '' : ' lost'}`}" x1="0" x2="100%" y1="6" y2="6"/>${
    isSaid ? html`<path class="${`arrow ${tone}`}" d="M8 1 0 6 8 11"/>` : cross(tone)
  }</svg>`;
}

/** An answer that does not arrive. */
function unheard(): Markup {
  return html`<svg aria-hidden="true"><line class="arrow warn lost" x1="50%" x2="100%" y1="6" y2="6"/>${cross('warn')}</svg>`;
}

function cross(tone: 'good' | 'bad' | 'warn'): Markup {
  return html`<svg x="50%" overflow="visible"><path class="${`arrow ${tone}`}" d="M-5 1 5 11M-5 11 5 1"/></svg>`;
}

function stateSection({ script, wrong }: Story): MarkupValue {
  const many = script.resources.length > 1;
  const all = wrong.flatMap(({ resource, differences }) =>
    differences.map((difference) => ({ resource, ...difference })),
  );
  if (all.length === 0) return undefined;
  const rows = all
    .slice(0, MOST_DIFFERENCES)
    .map(({ resource, path, expected, actual }) => [
      html`${many ? `${LETTERS[resource] ?? ''} ` : ''}<code>${foreign(path, NAME)}</code>`,
      html`<span class="mono">${foreign(stateValue(expected))}</span>`,
      html`<span class="mono is">≠ ${foreign(stateValue(actual))}</span>`,
    ]);
  const more = all.length - rows.length;
  return html`<h4>What the state says then</h4><div class="diff">${table(
    'Expected and actual state',
    [{ name: 'Where' }, { name: 'Expected' }, { name: 'Is' }],
    rows,
  )}</div>${more > 0 ? html`<p class="small soft">and ${more} more</p>` : undefined}`;
}
