// Prints one hash of all that dist/ is made of. The GitHub Action keeps dist/ under it.
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19)) process.exit(1);

const root = fileURLToPath(new URL('..', import.meta.url));
const SOURCES = ['.config', 'src', 'package.json', 'package-lock.json', 'tsconfig.json'];

const hash = createHash('sha256');
for (const path of SOURCES.flatMap(filesIn).sort()) {
  hash.update(`${path}\0`).update(readFileSync(join(root, path))).update('\0');
}
process.stdout.write(`${hash.digest('hex')}\n`);

function filesIn(path) {
  if (/\.json$/.test(path)) return [path];
  return readdirSync(join(root, path), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length).replaceAll('\\', '/'));
}
