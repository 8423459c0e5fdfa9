import type { AnsweredRecord, MockApiSummary } from '../../mock-api/records.js';
import { ROUTES } from '../../mock-api/routes.js';
import { counted } from '../count.js';
import { inLine } from '../foreign-text.js';
import { textOf } from '../lines.js';
import type { Palette } from '../palette.js';
import type { Renderer } from '../renderer.js';
import { duration } from '../time.js';
import { wrapped } from '../wrap.js';
import type { MockApiEnd, MockApiStory } from './story.js';
import { apiFindingText } from './words.js';

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

function headText(
  { url, plan, resources, atMs, anyToken }: MockApiStory,
  palette: Palette,
): string {
  const when =
    atMs === undefined ? 'as its last event says it is' : `at plan time ${duration(atMs)}`;
  const lines = [
    `${palette.bold('Mock Inqud API')} at ${inLine(url)}`,
    `${counted(resources, 'resource')} of ${inLine(plan)}, each ${when}`,
    palette.dim(
      anyToken ? 'note: any token passes' : 'note: the token is that of $INQUD_API_TOKEN_ID',
    ),
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
    note === undefined ? '' : `\n  ${palette.dim(wrapped(inLine(apiFindingText(note)), '  '))}`;
  return `${paint(`${symbol} ${status}`)} ${request}${said}`;
}

function summaryText({ requests, statuses }: MockApiSummary): string {
  const each = Object.entries(statuses).map(([status, count]) => `${status}: ${count}`);
  return `${counted(requests, 'request')}${each.length === 0 ? '' : ` (${each.join(', ')})`}`;
}
