import { createHash } from 'node:crypto';
import { EXIT } from '../exit-code.js';
import type { Renderer } from '../renderer.js';
import { instantText } from './axis.js';
import { MARKS } from './marks.js';
import { html, type Markup, type MarkupValue, writtenMarkup } from './markup.js';
import { STYLE } from './style.js';

/** What every page is given beside its story. */
export interface PageFacts {
  /** When the command began, in milliseconds since the Unix epoch. */
  readonly atMs: number;
  readonly version: string;
  /** Hides secrets in text. */
  readonly shown: (text: string) => string;
}

/** How well something went: a colour that a sign or a word always goes with. */
export type Tone = 'good' | 'bad' | 'warn';

/** The colour of an exit code; the sign of a verdict says the same. */
export function toneOf(exitCode: number): Tone {
  if (exitCode === EXIT.satisfied) return 'good';
  return exitCode === EXIT.interrupted || exitCode === EXIT.couldNotTell ? 'warn' : 'bad';
}

export interface PageContent {
  /** `simulate-retries` */
  readonly command: string;
  /** A sign, a space, and what it all came to. */
  readonly verdict: string;
  readonly tone: Tone;
  /** What it is about, in a line. */
  readonly lede: MarkupValue;
  readonly main: MarkupValue;
}

/** A page is written once all is known; until then it takes in what comes. */
export function pageRenderer<Item, End>(
  facts: PageFacts,
  {
    take,
    content,
  }: { readonly take: (item: Item) => void; readonly content: (end: End) => PageContent },
): Renderer<Item, End> {
  return {
    begin: () => '',
    record: (item) => {
      take(item);
      return '';
    },
    end: (end) => pageText(content(end), facts),
  };
}

/** A whole page. Nothing in it is loaded from anywhere, and nothing in it runs. */
function pageText(content: PageContent, { atMs, version, shown }: PageFacts): string {
  const { command, verdict, tone, lede, main } = content;
  const [, sign = '', said = verdict] = /^([✓✗!?]) (.*)$/s.exec(verdict) ?? [];
  const page = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy()}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="color-scheme" content="light dark">
<title>${`${said} · inqud-hook ${command}`}</title>
<style>`;
  const body = html`</style>
</head>
<body>
${MARKS}
<header>
<p class="eyebrow">inqud-hook ${command} · ${instant(atMs)}</p>
<div class="verdict"><p class="${`sign ${tone}`}" aria-hidden="true">${sign}</p><h1>${said}</h1></div>
<p class="lede">${lede}</p>
</header>
<main>
${main}
</main>
<footer><p>Written by inqud-hook ${version}. This page is one file: it loads nothing, runs no script, and holds no secrets and no bodies. Independent of Inqud.</p></footer>
</body>
</html>
`;
  return writtenMarkup(page, shown) + STYLE + writtenMarkup(body, shown);
}

/** An instant as people and programs read it. */
export function instant(ms: number): Markup {
  return html`<time datetime="${new Date(ms).toISOString()}">${instantText(ms)}</time>`;
}

/** Everything is forbidden but the one style, by its hash. */
function policy(): string {
  const hash = createHash('sha256').update(STYLE).digest('base64');
  return `default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'`;
}
