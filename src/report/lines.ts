/** Lines as a part of a report. */
export function textOf(lines: readonly string[]): string {
  return `${lines.join('\n')}\n`;
}
