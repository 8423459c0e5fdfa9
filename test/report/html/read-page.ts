import { createHash } from 'node:crypto';

/** A page as a strict reader sees it. */
export interface ReadPage {
  /** What is wrong with its markup: nothing, if all is well. */
  readonly problems: readonly string[];
  /** All text, without the style. */
  readonly text: string;
  readonly elements: readonly ReadElement[];
}

export interface ReadElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  /** The text in it, tags left out. */
  readonly text: string;
}

const VOID = ['meta', 'br', 'link', 'img', 'input', 'hr'];
const TOKEN =
  /<!doctype html>|<(\/?)([a-z][a-z0-9-]*)((?:\s+[a-zA-Z][\w:-]*="[^"<>]*")*)\s*(\/?)>|[^<]+|</gi;
const FORBIDDEN = ['script', 'img', 'iframe', 'object', 'embed', 'link', 'form', 'base', 'image'];

/** Reads a page as our own markup has to be: nested rightly, every attribute in double quotes. */
export function readPage(page: string): ReadPage {
  const problems: string[] = [];
  const open: { name: string; attributes: Record<string, string>; start: number }[] = [];
  const elements: ReadElement[] = [];
  const ids = new Set<string>();
  let text = '';
  for (const [token, close, name = '', attributes = '', self] of page.matchAll(TOKEN)) {
    if (token === '<') problems.push('a < that opens nothing');
    if (name === '') {
      if (!token.startsWith('<') && open.at(-1)?.name !== 'style') text += decoded(token);
      if (open.at(-1)?.name === 'style') problems.push(...styleProblems(page, token));
      continue;
    }
    if (close === '/') {
      const last = open.pop();
      if (last?.name !== name) problems.push(`</${name}> closes <${last?.name}>`);
      if (last !== undefined) elements.push({ ...last, text: text.slice(last.start) });
      continue;
    }
    const read = attributesOf(attributes);
    problems.push(...attributeProblems(name, read, ids));
    if (VOID.includes(name) || self === '/') elements.push({ name, attributes: read, text: '' });
    else open.push({ name, attributes: read, start: text.length });
  }
  return {
    problems: [...problems, ...open.map(({ name }) => `<${name}> stays open`)],
    text,
    elements,
  };
}

/** The rows of all tables, with the texts of their cells. */
export function textsOf({ elements }: ReadPage, name: string): readonly string[] {
  return elements.filter((one) => one.name === name).map(({ text }) => text.trim());
}

function attributesOf(text: string): Record<string, string> {
  const found = [...text.matchAll(/([a-zA-Z][\w:-]*)="([^"]*)"/g)];
  return Object.fromEntries(found.map(([, name = '', value = '']) => [name, decoded(value)]));
}

function attributeProblems(name: string, attributes: Record<string, string>, ids: Set<string>) {
  const { id, href, style } = attributes;
  const isDouble = id !== undefined && ids.has(id);
  if (id !== undefined) ids.add(id);
  return [
    ...(FORBIDDEN.includes(name) ? [`there is a <${name}>`] : []),
    ...(isDouble ? [`two are called ${id}`] : []),
    ...(style === undefined ? [] : [`<${name}> has a style of its own`]),
    ...(href === undefined || /^(?:#|https:\/\/docs\.inqud\.com\/)/.test(href)
      ? []
      : [`it leads to ${href}`]),
    ...Object.keys(attributes)
      .filter((one) => /^on/i.test(one) || one === 'src')
      .map((one) => `<${name}> has ${one}`),
  ];
}

function styleProblems(page: string, style: string): readonly string[] {
  const hash = createHash('sha256').update(style).digest('base64');
  const isAllowed =
    page.includes(`style-src &#39;sha256-${hash}&#39;`) || page.includes(`'sha256-${hash}'`);
  return [
    ...(isAllowed ? [] : ['the policy forbids the style']),
    ...(/url\((?!'#)|@import/.test(style) ? ['the style loads something'] : []),
  ];
}

function decoded(text: string): string {
  return text.replace(/&#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code)));
}
