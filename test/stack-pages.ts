import { readdirSync, readFileSync } from 'node:fs';

export const STACKS = new URL('../docs/receivers/', import.meta.url);

/** A page of docs/receivers. */
export interface StackPage {
  /** The name of the page and of the folder of its code. */
  readonly stack: string;
  readonly text: string;
  /** The files it shows, by their path beside the page, and the code it shows of them. */
  readonly shown: ReadonlyMap<string, string>;
  /** The lines that start the receiver. */
  readonly start: string;
  /** The lines that check it. */
  readonly check: string;
}

/** Every page but the index, by name. */
export function stackPages(): readonly StackPage[] {
  return readdirSync(STACKS)
    .filter((name) => name.endsWith('.md') && name !== 'README.md')
    .sort()
    .map((name) => readPage(name.slice(0, -'.md'.length)));
}

function readPage(stack: string): StackPage {
  const text = readFileSync(new URL(`${stack}.md`, STACKS), 'utf8');
  const shown = [...text.matchAll(/^\[`[^`\n]+`\]\((\S+)\)[^\n]*:\n\n```\w+\n(.*?)^```$/gms)].map(
    ([, path = '', code = '']) => [path, code] as const,
  );
  return {
    stack,
    text,
    shown: new Map(shown),
    start: blocksOf(section(text, 'Start it')).at(-1) ?? '',
    check: blocksOf(section(text, 'Check it')).at(-1) ?? '',
  };
}

function section(text: string, title: string): string {
  return text.split(/^## /m).find((part) => part.startsWith(`${title}\n`)) ?? '';
}

function blocksOf(text: string): readonly string[] {
  return [...text.matchAll(/^```sh\n(.*?)^```$/gms)].map(([, block = '']) => block);
}
