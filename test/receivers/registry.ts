import { readdir } from 'node:fs/promises';
import type { BrokenReceiver, CorrectReceiver } from './receiver.js';

/** A receiver by the name of its file. */
export type Named<R> = R & { readonly name: string };

/** Every receiver in `correct/` and `broken/`, by name. */
export async function correctReceivers(): Promise<readonly Named<CorrectReceiver>[]> {
  return load<CorrectReceiver>('correct');
}

export async function brokenReceivers(): Promise<readonly Named<BrokenReceiver>[]> {
  return load<BrokenReceiver>('broken');
}

async function load<R>(folder: R extends CorrectReceiver ? 'correct' : 'broken') {
  const home = new URL(`${folder}/`, import.meta.url);
  const files = (await readdir(home)).sort();
  return Promise.all(
    files.map(async (file): Promise<Named<R>> => {
      const { default: receiver }: { default: R } = await import(new URL(file, home).href);
      return { ...receiver, name: file.replace(/\.ts$/, '') };
    }),
  );
}
