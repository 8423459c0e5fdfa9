import type { BenchLine } from './bench-line.js';

/** The lines as a table: what was measured, its ratio, the most it may be, and the verdict. */
export function table(lines: readonly BenchLine[]): string {
  const width = Math.max(...lines.map(({ name }) => name.length));
  return lines.map((line) => `${row(line, width)}\n`).join('');
}

export function isOver({ ratio, bound }: BenchLine): boolean {
  return !(ratio <= bound);
}

function row(line: BenchLine, width: number): string {
  const ratio = line.ratio.toFixed(2).padStart(6);
  const bound = line.bound.toFixed(2);
  return `${line.name.padEnd(width)} ${ratio}  ≤ ${bound}  ${isOver(line) ? '✗ over' : '✓ ok  '}  ${line.note}`;
}
