import { connect } from 'node:net';
import { pinnedTo } from './http/open-socket.js';
import { type ResolveOptions, resolveTarget } from './resolve-target.js';
import { parseTarget } from './target.js';

/** Who takes connections does so by then; a try that hangs is given up for the next. */
const PATIENCE_MS = 2_000;

/**
 * Whether the target takes a TCP connection now, on any of its addresses.
 * @throws HookError `bad-url`, `remote-target`
 */
export async function takesConnections(text: string, options: ResolveOptions): Promise<boolean> {
  const target = await resolveTarget(parseTarget(text), options);
  return new Promise((settle) => {
    const socket = connect({ host: target.hostname, port: target.port, ...pinnedTo(target) });
    const end = (takes: boolean) => {
      socket.destroy();
      settle(takes);
    };
    socket.setTimeout(PATIENCE_MS, () => end(false));
    socket.once('connect', () => end(true));
    socket.once('error', () => end(false));
  });
}
