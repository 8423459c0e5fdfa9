import { CATALOGUE, type Kind } from '../webhook/catalogue.js';
import type { EventName } from '../webhook/kinds/names.js';
import { fitted } from './fit.js';
import { jsonLine, jsonText } from './foreign-text.js';
import { textOf } from './lines.js';
import type { Palette } from './palette.js';
import { SCHEMA_VERSION } from './schema-version.js';
import { wrapped } from './wrap.js';

/** The sample events, a line each, grouped by kind. */
export function eventList(
  events: readonly EventName[],
  format: 'pretty' | 'json' | 'ndjson',
  palette: Palette,
): string {
  if (format === 'ndjson') return events.map((event) => jsonLine(facts(event))).join('');
  if (format === 'json') {
    return `${jsonText({ schemaVersion: SCHEMA_VERSION, events: events.map(facts) }, 2)}\n`;
  }
  const kinds = [...new Set(events.map(({ kind }) => kind))];
  return fitted(kinds.map((kind) => kindText(kind, events, palette)).join('\n'), palette);
}

function kindText(kind: Kind, events: readonly EventName[], palette: Palette): string {
  const head = `${palette.bold(kind.title)} ${palette.dim(`(shape: ${sure(kind.confidence)})`)}`;
  const width = Math.max(...events.map(({ text }) => text.length));
  const lines = events
    .filter((event) => event.kind === kind)
    .map(({ text, status }) =>
      [`  ${text.padEnd(width)}`, status.class.padEnd(13), sure(status.confidence)]
        .join(' ')
        .trimEnd(),
    );
  return textOf([head, ...lines]);
}

/** One sample event, and how sure its shape is: the body on its own lines, for people. */
export function eventText(event: EventName, sample: string, palette: Palette): string {
  const { kind, status, text } = event;
  const lines = [
    `${palette.bold(text)}  ${status.status}, ${status.class}`,
    factLine('shape ', kind, palette),
    factLine('status', status, palette),
    '',
    sample.trimEnd(),
  ];
  return textOf(lines);
}

function factLine(what: string, fact: Fact, palette: Palette): string {
  const text = `${sure(fact.confidence)}: ${sourceText(fact.source)}`;
  return palette.dim(`${what}  ${wrapped(text, palette, ' '.repeat(8))}`);
}

/** How sure something is, and where it is from. */
interface Fact {
  readonly confidence: string;
  readonly source: string;
}

/** The same for programs: the sample's own text, because numbers must keep theirs. */
export function eventDocument(event: EventName, sample: string): string {
  const document = { schemaVersion: SCHEMA_VERSION, ...facts(event), sample };
  return jsonLine(document);
}

function facts({ text, kind, status }: EventName) {
  return {
    event: text,
    kind: kind.kind,
    status: status.status,
    class: status.class,
    shape: { confidence: kind.confidence, source: sourceText(kind.source) },
    statusFact: { confidence: status.confidence, source: sourceText(status.source) },
  };
}

function sure(confidence: string): string {
  return confidence.replace('-', ' ');
}

function sourceText(source: string): string {
  return source.startsWith('/') ? `${CATALOGUE.docs}${source}` : source;
}
