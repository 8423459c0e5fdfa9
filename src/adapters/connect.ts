// The room of the adapters: the ports made real, with undici, files, clocks and processes.
import type { Transport } from '../ports.js';
import { resolveTarget } from './resolve-target.js';
import { parseTarget } from './target.js';
import { openTransport } from './undici-transport.js';

/** Looks the target up, refuses other machines unless they are allowed, and opens the transport. */
export async function connect(
  text: string,
  options: {
    readonly allowRemote: boolean;
    readonly insecure: boolean;
    readonly requests?: number | undefined;
  },
): Promise<{ readonly url: string; readonly transport: Transport }> {
  const target = parseTarget(text);
  const resolved = await resolveTarget(target, options);
  const transport = openTransport(resolved, {
    insecure: options.insecure,
    requests: options.requests,
  });
  return { url: `${target.origin}${target.path}`, transport };
}
