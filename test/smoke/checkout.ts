import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** What a repository holds that the program is built from. */
const CHECKED_OUT = [
  '.config',
  '.npmrc',
  'LICENSE',
  'README.md',
  'action.yml',
  'bin',
  'fixtures',
  'src',
  'package.json',
  'package-lock.json',
  'tsconfig.json',
];

/** Copies the repository, without what is installed and built. */
export function checkOut(folder: string): void {
  for (const name of CHECKED_OUT) cpSync(join(ROOT, name), join(folder, name), { recursive: true });
}
