// The room of the adapters: the ports made real, with undici, sockets, files, clocks and processes.
import type { Transport } from '../ports.js';
import { LONG_RUN_REQUESTS, openLongRunTransport } from './long-run-transport.js';
import { resolveTarget } from './resolve-target.js';
import { parseTarget } from './target.js';

/** Looks the target up, refuses other machines unless they are allowed, and opens the transport. */
export async function connect(
  text: string,
  options: {
    readonly allowRemote: boolean;
    readonly insecure: boolean;
    /** About how many requests are to come; undefined where nobody knows. */
    readonly requests?: number | undefined;
  },
): Promise<{ readonly url: string; readonly transport: Transport }> {
  const { insecure, requests = 0 } = options;
  const target = parseTarget(text);
  const resolved = await resolveTarget(target, options);
  const isLong = requests >= LONG_RUN_REQUESTS;
  const transport = isLong
    ? openLongRunTransport(resolved, { insecure })
    : (await import('./undici-transport.js')).openTransport(resolved, { insecure });
  return { url: `${target.origin}${target.path}`, transport };
}
