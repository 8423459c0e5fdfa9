import type { Story } from '../../conformance/rule.js';
import type { DeliveryVariant, Script, ScriptDelivery } from '../../conformance/script.js';
import type { Outcome } from '../../ports.js';
import { withArticle } from '../../webhook/kinds/articles.js';
import { outcomeText } from '../words.js';

export const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';
const LONGEST_VALUE = 120;
const MOST_ANSWERS = 3;
/** What happened less often may be chance. */
const ENOUGH_FOR_ALWAYS = 5;
const LOST_WORDS = {
  awaited: '',
  lost: ' (the answer is lost)',
  cut: ' (we hang up)',
} as const;

/** One delivery of a story, as a person is told of it. */
export interface ToldDelivery {
  readonly number: number;
  /** Index of its step: what has the same is under way at the same time. */
  readonly step: number;
  /** `checkout.success A again` */
  readonly name: string;
  readonly answer: ScriptDelivery['answer'];
  /** What came, attempt by attempt. */
  readonly outcomes: readonly Outcome[];
  readonly isTogether: boolean;
}

/** The deliveries of a story, in order. */
export function toldDeliveries({ script, exchanges }: Story): readonly ToldDelivery[] {
  const many = script.resources.length > 1;
  const times = new Map<string, number>();
  let number = 0;
  return script.steps.flatMap(({ deliveries }, step) =>
    deliveries.map((delivery, place) => {
      number += 1;
      const key = `${delivery.resource} ${delivery.event}`;
      const time = (times.get(key) ?? 0) + 1;
      times.set(key, time);
      const isTogether = place > 0;
      const words = [
        eventName(script, delivery),
        ...(many ? [LETTERS[delivery.resource] ?? String(delivery.resource)] : []),
        ...(time > 1 ? ['again'] : []),
        ...(isTogether ? ['at the same time'] : []),
        ...variantWords(delivery.variant),
      ];
      const outcomes = exchanges
        .filter((one) => one.step === step && one.delivery === delivery)
        .map(({ outcome }) => outcome);
      const { answer } = delivery;
      return { number, step, name: words.join(' '), answer, outcomes, isTogether };
    }),
  );
}

/** The deliveries of a story, a line each, as a person reads them. */
export function timeline(story: Story): readonly string[] {
  return toldDeliveries(story).map(
    ({ number, name, answer, outcomes }) => `${number}. ${name}${answerWords(outcomes, answer)}`,
  );
}

/** Which resource is which, when there are several. */
export function cast({ script }: Pick<Story, 'script'>): readonly string[] {
  if (script.resources.length < 2) return [];
  return script.resources.map(({ kind, order, idLike }, index) => {
    const first = script.resources.findIndex((other) => other.order === order);
    const shared = first < index ? `, of the same order as ${LETTERS[first]}` : '';
    const like =
      idLike === undefined ? '' : `, whose id ${idLike.at}s as that of ${LETTERS[idLike.resource]}`;
    return `${LETTERS[index]} is ${withArticle(kind)}${shared}${like}`;
  });
}

/** What the state says and what it should say. */
export function stateLines({ script, wrong }: Story): readonly string[] {
  const many = script.resources.length > 1;
  return wrong.flatMap(({ resource, differences }) => {
    const owner = many ? `${LETTERS[resource]} ` : '';
    const shown = differences.slice(0, 6);
    const width = Math.max(...shown.map(({ path }) => path.length));
    const lines = shown.map(
      ({ path, expected, actual }) =>
        `${owner}${path.padEnd(width)}  expected ${stateValue(expected)}, is ${stateValue(actual)}`,
    );
    const more = differences.length - shown.length;
    return more > 0 ? [...lines, `… and ${more} more`] : lines;
  });
}

/** The same for stories that tell the same. */
export function storyKey(story: Story): string {
  return JSON.stringify([story.script, stateLines(story)]);
}

/** How often it happens, in words; empty when nobody counted. */
export function timesWords({ times, script }: Story): string {
  if (times === undefined) return '';
  const isRace = script.steps.some(({ deliveries }) => deliveries.length > 1);
  const isAlways = times.failed === times.of && times.of >= ENOUGH_FOR_ALWAYS;
  if (isAlways) return `It happens every time (${times.failed} of ${times.of}).`;
  return `It happens ${times.failed} of ${times.of} times${isRace ? ': a race' : ''}.`;
}

function eventName({ resources }: Script, { resource, event }: ScriptDelivery): string {
  return `${resources[resource]?.kind ?? ''}.${event}`;
}

function variantWords(variant: DeliveryVariant | undefined): readonly string[] {
  if (variant === undefined) return [];
  const { set = [], without = [], bytes, pieces, forge, header } = variant;
  return [
    ...(forge === undefined ? [] : [`forged (${forge})`]),
    ...(bytes === undefined ? [] : [`written otherwise (${bytes})`]),
    ...(pieces === undefined ? [] : ['in two pieces, cut inside a character']),
    ...(header === undefined ? [] : [`with ${header}`]),
    ...(without.length === 0 ? [] : [`without ${without.join(', ')}`]),
    ...set.map((change) => `with ${change.length > 60 ? `${change.slice(0, 59)}…` : change}`),
  ];
}

function answerWords(outcomes: readonly Outcome[], answer: ScriptDelivery['answer']): string {
  const words = answersText(outcomes);
  return words === '' ? '' : ` → ${words}${LOST_WORDS[answer]}`;
}

/** What came of a delivery, attempt by attempt; empty where nothing is known. */
export function answersText(outcomes: readonly Outcome[]): string {
  const words = outcomes.map(outcomeText);
  const more = words.length - MOST_ANSWERS;
  const said = words.slice(0, MOST_ANSWERS).join(', then ');
  return more > 0 ? `${said}, and ${more} more` : said;
}

/** A value of a state, as long as anybody reads. */
export function stateValue(text: string | undefined): string {
  if (text === undefined) return 'nothing';
  return text.length > LONGEST_VALUE ? `${text.slice(0, LONGEST_VALUE - 1)}…` : text;
}
