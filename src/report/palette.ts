import { USUAL_WIDTH, type Width } from './wrap.js';

/** Colour, as an extra, and how wide a line may be: what is said never depends on them. */
export interface Palette extends Width {
  readonly good: (text: string) => string;
  readonly bad: (text: string) => string;
  readonly warn: (text: string) => string;
  readonly dim: (text: string) => string;
  readonly bold: (text: string) => string;
}

const asIs = (text: string): string => text;

export const PLAIN: Palette = {
  ...USUAL_WIDTH,
  good: asIs,
  bad: asIs,
  warn: asIs,
  dim: asIs,
  bold: asIs,
};

/** Loads the colours; nothing else needs them, so a plain run never pays for it. */
export async function loadPalette(): Promise<Palette> {
  const { Chalk } = await import('chalk');
  const chalk = new Chalk({ level: 1 });
  // One text each: chalk would write whatever else it is given behind it.
  return {
    ...USUAL_WIDTH,
    good: (text) => chalk.green(text),
    bad: (text) => chalk.red(text),
    warn: (text) => chalk.yellow(text),
    dim: (text) => chalk.dim(text),
    bold: (text) => chalk.bold(text),
  };
}
