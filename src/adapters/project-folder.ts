import { lstatSync, mkdirSync, readFileSync, type Stats, statSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { glob } from 'tinyglobby';
import { HookError } from '../errors.js';
import type { ProjectFolder, SourceText } from '../ports.js';
import { reasonOf } from './files.js';
import { codeOf } from './http/error-code.js';

/** Enough for a route to be found, and little enough to be read while somebody waits. */
const MOST_FILES = 500;
const MOST_BYTES = 256 * 1024;

const SOURCES = '**/*.{js,cjs,mjs,jsx,ts,cts,mts,tsx,php,py,go,rb,java,kt}';
const OF_OTHERS = '{node_modules,vendor,dist,build,out,target,coverage,venv,env,__pycache__}';

/** The project in the folder that the program was started in. @throws HookError where that is gone */
export function currentFolder(folder: () => string): ProjectFolder {
  try {
    return projectFolder(folder());
  } catch {
    throw new HookError(
      'unreadable-file',
      'The folder that this was started in is gone.',
      'Change to another folder, or to this one again.',
    );
  }
}

/** The project in a folder of the disk. */
export function projectFolder(root: string): ProjectFolder {
  const at = (path: string) => join(root, path);
  return {
    read: async (path) => textOf(at(path)),
    has: async (path) => statsOf(at(path)) !== undefined,
    sources: async function* sources(): AsyncGenerator<SourceText> {
      const found = await glob(SOURCES, {
        cwd: root,
        ignore: [`**/${OF_OTHERS}/**`],
        followSymbolicLinks: false,
        onlyFiles: true,
      });
      for (const path of found.sort().slice(0, MOST_FILES)) {
        const text = textOf(at(path));
        if (text !== undefined) yield { path, text };
      }
    },
    placeInRepository: async () => placeIn(resolve(root)),
    create: async (path, text) => {
      try {
        mkdirSync(dirname(at(path)), { recursive: true });
        // Whoever makes it meanwhile has made it: `x` opens what is not there, and nothing else.
        writeFileSync(at(path), text, { flag: 'wx' });
        return true;
      } catch (error) {
        if (codeOf(error) === 'EEXIST' && statsOf(at(path)) !== undefined) return false;
        throw new HookError(
          'unwritable-file',
          `${path} cannot be written: ${reasonOf(error)}.`,
          'Write to a folder of yours.',
        );
      }
    },
  };
}

function textOf(path: string): string | undefined {
  try {
    const stats = statSync(path);
    return stats.isFile() && stats.size <= MOST_BYTES ? readFileSync(path, 'utf8') : undefined;
  } catch {
    return undefined;
  }
}

/** Of a link itself: one that leads nowhere is there. */
function statsOf(path: string): Stats | undefined {
  try {
    return lstatSync(path);
  } catch {
    return undefined;
  }
}

function placeIn(folder: string): string {
  for (let root = folder; ; root = dirname(root)) {
    if (statsOf(join(root, '.git')) !== undefined)
      return relative(root, folder).replaceAll(sep, '/');
    if (dirname(root) === root) return '';
  }
}
