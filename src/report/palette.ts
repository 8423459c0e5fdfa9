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
  return {
    good: chalk.green,
    bad: chalk.red,
    warn: chalk.yellow,
    dim: chalk.dim,
    bold: chalk.bold,
  };
}
