import type { SourceText } from '../ports.js';
import { canBeMeant } from './choose-port.js';
import { isTestFile } from './test-file.js';

/** The likeliest first: what listens, then what is called a port, with its default behind `??` or `||`. */
const STATED = [
  /\b(?:listen|ListenAndServe)\s*\([^)\n]*?(?<![\w.])(\d{4,5})\b/g,
  /\bport["']?\s*(?::\s*number\s*)?[:=]\s*[^\n;]*?(?<![\w.])(\d{4,5})\b/gi,
];

/** The port that a source names for its server. */
export function statedPort(sources: readonly SourceText[]): number | undefined {
  const own = sources.filter(({ path }) => !isTestFile(path));
  for (const pattern of STATED) {
    for (const { text } of own) {
      for (const [, digits] of text.matchAll(pattern)) {
        if (canBeMeant(Number(digits))) return Number(digits);
      }
    }
  }
  return undefined;
}
