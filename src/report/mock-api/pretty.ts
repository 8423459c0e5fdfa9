import type { AnsweredRecord, MockApiSummary } from '../../mock-api/records.js';
import { ROUTES } from '../../mock-api/routes.js';
import { counted } from '../count.js';
import { inLine } from '../foreign-text.js';
import { textOf } from '../lines.js';
import type { Palette } from '../palette.js';
import type { Renderer } from '../renderer.js';
import { wrapped } from '../wrap.js';
import type { MockApiEnd, MockApiStory } from './story.js';
import { apiFindingText, servedText, tokenText } from './words.js';

const FIDELITY_WIDTH = 'documented'.length;

/** For people: what is served, then a line a request. */
export function prettyMockApi(
  story: MockApiStory,
  palette: Palette,
): Renderer<AnsweredRecord, MockApiEnd> {
  return {
    begin: () => headText(story, palette),
    record: (record) => `${recordText(record, palette)}\n`,
    end: ({ summary }) => `${summaryText(summary)}\n`,
  };
}

function headText(story: MockApiStory, palette: Palette): string {
  const lines = [
    `${palette.bold('Mock Inqud API')} at ${inLine(story.url)}`,
    servedText({ ...story, plan: inLine(story.plan) }),
    palette.dim(`note: ${tokenText(story)}`),
    '',
    ...ROUTES.map(({ path, fidelity }) =>
      palette.dim(`${fidelity.padEnd(FIDELITY_WIDTH)} GET ${path}`),
    ),
    '',
  ];
  return textOf(lines);
}

function recordText({ method, target, status, note }: AnsweredRecord, palette: Palette): string {
  const paint = status < 400 ? palette.good : palette.bad;
  const symbol = status < 400 ? '✓' : '✗';
  const request = `${inLine(method)} ${inLine(target)}`;
  const said =
    note === undefined
      ? ''
      : `\n  ${palette.dim(wrapped(inLine(apiFindingText(note)), palette, '  '))}`;
  return `${paint(`${symbol} ${status}`)} ${request}${said}`;
}

function summaryText({ requests, statuses }: MockApiSummary): string {
  const each = Object.entries(statuses).map(([status, count]) => `${status}: ${count}`);
  return `${counted(requests, 'request')}${each.length === 0 ? '' : ` (${each.join(', ')})`}`;
}
