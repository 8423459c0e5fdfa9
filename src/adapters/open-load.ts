import { createHistogram } from 'node:perf_hooks';
import type { Histogram, LoadTransport } from '../ports.js';
import { openLoadTransport } from './http/load/load-transport.js';
import { isLoopback, resolveTarget } from './resolve-target.js';
import { parseTarget } from './target.js';

interface OpenLoadOptions {
  readonly allowRemote: boolean;
  readonly insecure: boolean;
  /** Time to answer, in milliseconds. */
  readonly timeoutMs: number;
}

/** Looks the target up, refuses other machines unless they are allowed, and opens the transport. */
export async function openLoad(
  text: string,
  options: OpenLoadOptions,
): Promise<{
  readonly url: string;
  readonly isLoopback: boolean;
  readonly transport: LoadTransport;
  readonly createHistogram: () => Histogram;
  readonly turn: () => Promise<void>;
}> {
  const target = parseTarget(text);
  const resolved = await resolveTarget(target, options);
  return {
    url: `${target.origin}${target.path}`,
    isLoopback: resolved.addresses.every(isLoopback),
    transport: openLoadTransport(resolved, options),
    createHistogram: () => createHistogram({ figures: 3 }),
    turn: () => new Promise((resolve) => setImmediate(resolve)),
  };
}
