import type { ProjectFolder, SourceText } from '../ports.js';
import { canBeMeant } from './choose-port.js';
import { VARIABLE_FILES } from './env-files.js';
import { isTestFile } from './test-file.js';

const ASSIGNMENT = /^[ \t]*(?:export[ \t]+)?PORT[ \t]*=[ \t]*["']?(\d{2,5})\b/m;

/** The value of PORT in a file of variables, where a source asks for that variable. */
export async function envPort(
  folder: ProjectFolder,
  sources: readonly SourceText[],
): Promise<number | undefined> {
  const isAsked = sources.some(({ path, text }) => !isTestFile(path) && /\bPORT\b/.test(text));
  if (!isAsked) return undefined;
  for (const file of VARIABLE_FILES) {
    const [, digits] = ASSIGNMENT.exec((await folder.read(file)) ?? '') ?? [];
    if (digits !== undefined && canBeMeant(Number(digits))) return Number(digits);
  }
  return undefined;
}
