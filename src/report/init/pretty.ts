import { USUAL_SECRET } from '../../project/proposal.js';
import { USUAL_PATH } from '../../project/route.js';
import { inLine, inLines } from '../foreign-text.js';
import { textOf } from '../lines.js';
import type { Palette } from '../palette.js';
import type { Renderer } from '../renderer.js';
import { wrapped } from '../wrap.js';
import type { InitEnd, InitRecord, InitStory } from './story.js';

const FACT_WIDTH = 9;
/** What the job does not know. */
const TO_NAME = {
  OWNER: 'In the job, put whoever hosts inqud-hook in the place of OWNER.',
  INQUD_HOOK_REPOSITORY:
    'Give GitLab a variable INQUD_HOOK_REPOSITORY with the address of the repository of inqud-hook.',
} as const;
/** Ports that are named beside the chosen one. */
const MOST_OTHERS = 8;

/** For people: what was found, each file, and the one command to type. */
export function prettyInit(story: InitStory, palette: Palette): Renderer<InitRecord, InitEnd> {
  return {
    begin: () => textOf([palette.bold('INIT'), ...factLines(story, palette), '']),
    record: (record) => fileText(record, palette),
    end: (end) => textOf(endLines(story, end, palette)),
  };
}

function factLines({ survey }: InitStory, palette: Palette): readonly string[] {
  const { stack, port, route, secret } = survey;
  const facts: readonly (readonly [string, string])[] = [
    [
      'project',
      stack === undefined ? 'no manifest tells what it is' : from(stack.name, stack.manifest),
    ],
    ['port', portText(port)],
    [
      'path',
      route === undefined
        ? `${USUAL_PATH} (assumed: no source names it)`
        : from(route.path, route.file),
    ],
    [
      'secret',
      secret === undefined
        ? `${USUAL_SECRET} (assumed: no file names a variable)`
        : from(secret.name, secret.file),
    ],
  ];
  return facts.map(
    ([name, text]) =>
      `  ${palette.dim(name.padEnd(FACT_WIDTH))}${wrapped(inLine(text), palette, ' '.repeat(FACT_WIDTH + 2))}`,
  );
}

function from(what: string, file: string): string {
  return `${what} (${file})`;
}

function portText({ port, listens, others }: InitStory['survey']['port']): string {
  const ground = listens ? `${port} (it listens)` : `${port} (assumed: it does not listen yet)`;
  if (others.length === 0) return ground;
  const more = others.length > MOST_OTHERS ? ', …' : '';
  return `${ground}; others that listen: ${others.slice(0, MOST_OTHERS).join(', ')}${more}`;
}

function fileText({ path, text, fate, byHand }: InitRecord, palette: Palette): string {
  const name = inLine(path);
  if (fate === 'written') return `${palette.good('✓')} ${name} is written.\n`;
  if (fate === 'present') {
    return `${palette.warn('!')} ${name} is there already, and stays.\n  Init would write:\n${content(text)}`;
  }
  return byHand
    ? `${palette.warn('!')} Put this into ${name} at the root of the repository:\n${content(text)}`
    : `${palette.bold(name)} would be:\n${content(text)}`;
}

function content(text: string): string {
  const lines = inLines(text).trimEnd().split('\n');
  return `\n${lines.map((line) => `  ${line}`.trimEnd()).join('\n')}\n\n`;
}

function endLines({ proposal }: InitStory, end: InitEnd, palette: Palette): readonly string[] {
  const { start, next, stateUrl, toName } = proposal;
  if (end.unwritten > 0) return ['Nothing is written. Add --yes to write what is shown.'];
  return [
    ...(end.written === 0 ? [`${palette.bad('✗')} All of it is there already.`] : []),
    ...(start === undefined ? [] : [`Start your receiver: ${palette.bold(inLine(start))}`]),
    `Then type: ${palette.bold(inLine(next))}`,
    '',
    wrapped(
      'It judges by the answers alone, and sees nothing of money that is counted twice or lost. Where your receiver shows an order, name that URL in the configuration, in place of "blackBox":',
      palette,
    ),
    `  "stateUrl": ${JSON.stringify(inLine(stateUrl))}`,
    ...(toName === undefined ? [] : [wrapped(TO_NAME[toName], palette)]),
  ];
}
