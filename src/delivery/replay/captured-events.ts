import type { Recognised } from '../../webhook/kinds/recognise.js';
import type { EventLabel } from '../records.js';
import { type Column, createColumn, createWholeColumn } from './column.js';

/** What is known of the captured requests beside their bytes, by their number. */
export interface CapturedEvents {
  readonly count: number;
  readonly resources: number;
  /** The different names of events. */
  readonly names: readonly string[];
  add(captured: CapturedEvent): void;
  /** When it came, in milliseconds since the Unix epoch; NaN where the capture does not say. */
  atMs(number: number): number;
  /** Which resource it is about, counted from 0. */
  resource(number: number): number;
  place(number: number): CapturedPlace;
  label(number: number): EventLabel;
}

export interface CapturedEvent {
  readonly atMs: number;
  readonly recognised: Recognised;
  readonly place: CapturedPlace;
}

/** Counted from 1. */
export interface CapturedPlace {
  readonly line?: number | undefined;
  readonly entry?: number | undefined;
}

const UNRECOGNISED = 'unrecognised';
const ABSENT = 0;

/** About thirty bytes a request, and the id of each resource. */
export function createCapturedEvents(): CapturedEvents {
  const times: Column = createColumn();
  const resources: Column = createWholeColumn();
  const names: Column = createWholeColumn();
  const lines: Column = createWholeColumn();
  const entries: Column = createWholeColumn();
  const eventNames = createInterning();
  const resourceNumbers = createInterning();

  const placeOf = (number: number): CapturedPlace => ({
    line: present(lines.at(number)),
    entry: present(entries.at(number)),
  });

  return {
    get count() {
      return times.length;
    },
    get resources() {
      return resourceNumbers.count;
    },
    get names() {
      return eventNames.texts();
    },
    add: ({ atMs, recognised, place }) => {
      times.push(atMs);
      resources.push(resourceNumbers.numberOf(recognised.id));
      names.push(eventNames.numberOf(eventText(recognised)));
      lines.push(place.line ?? ABSENT);
      entries.push(place.entry ?? ABSENT);
    },
    atMs: (number) => times.at(number),
    resource: (number) => resources.at(number),
    place: placeOf,
    label: (number) => ({
      event: eventNames.textOf(names.at(number)) ?? UNRECOGNISED,
      resource: resourceNumbers.textOf(resources.at(number)) ?? placeText(placeOf(number)),
    }),
  };
}

/** Gives equal texts one number; what has no text gets a number of its own. */
function createInterning() {
  const numbers = new Map<string, number>();
  const texts: (string | undefined)[] = [];
  return {
    get count() {
      return texts.length;
    },
    texts: () => texts.filter((text) => text !== undefined),
    textOf: (number: number) => texts[number],
    numberOf: (text: string | undefined): number => {
      const known = text === undefined ? undefined : numbers.get(text);
      if (known !== undefined) return known;
      const own = text === undefined ? undefined : detached(text);
      texts.push(own);
      if (own !== undefined) numbers.set(own, texts.length - 1);
      return texts.length - 1;
    },
  };
}

/** A text cut out of a body would keep all of that body in memory. */
function detached(text: string): string {
  return Buffer.from(text).toString();
}

function eventText({ kind, status }: Recognised): string {
  if (kind === undefined) return UNRECOGNISED;
  return `${kind.kind}.${status ?? UNRECOGNISED}`;
}

function present(number: number): number | undefined {
  return number === ABSENT ? undefined : number;
}

function placeText({ line, entry }: CapturedPlace): string {
  return line === undefined ? `entry-${entry ?? 1}` : `line-${line}`;
}
