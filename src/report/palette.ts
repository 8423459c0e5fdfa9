/** Colour, as an extra: what is said never depends on it. */
export interface Palette {
  readonly good: (text: string) => string;
  readonly bad: (text: string) => string;
  readonly warn: (text: string) => string;
  readonly dim: (text: string) => string;
  readonly bold: (text: string) => string;
}

const asIs = (text: string): string => text;

export const PLAIN: Palette = { good: asIs, bad: asIs, warn: asIs, dim: asIs, bold: asIs };

/** Loads the colours; nothing else needs them, so a plain run never pays for it. */
export async function loadPalette(): Promise<Palette> {
  const { Chalk } = await import('chalk');
  const chalk = new Chalk({ level: 1 });
  // One text each: chalk would write whatever else it is given behind it.
  return {
    good: (text) => chalk.green(text),
    bad: (text) => chalk.red(text),
    warn: (text) => chalk.yellow(text),
    dim: (text) => chalk.dim(text),
    bold: (text) => chalk.bold(text),
  };
}
