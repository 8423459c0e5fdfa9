import type { ProjectFolder } from '../../src/ports.js';

/** A project of these files, in memory; `files` shows what becomes of them. */
export interface MemoryFolder extends ProjectFolder {
  readonly files: ReadonlyMap<string, string>;
}

export function memoryFolder(
  content: Readonly<Record<string, string>>,
  { place = '' }: { readonly place?: string } = {},
): MemoryFolder {
  const files = new Map(Object.entries(content));
  return {
    files,
    read: async (path) => files.get(path),
    has: async (path) =>
      files.has(path) || [...files.keys()].some((it) => it.startsWith(`${path}/`)),
    sources: async function* sources() {
      for (const [path, text] of files) {
        if (/\.(js|mjs|ts|tsx|php|py|go|rb|java)$/.test(path)) yield { path, text };
      }
    },
    placeInRepository: async () => place,
    create: async (path, text) => {
      if (files.has(path)) return false;
      files.set(path, text);
      return true;
    },
  };
}
