import { setFlagsFromString } from 'node:v8';

/**
 * Makes a process that sends only a few requests end sooner. Call it before the transport is loaded.
 *
 * undici parses HTTP in WebAssembly. After the first answer V8 optimises that module in the
 * background, and the process waits for it before it ends: about 100 ms and 36 MB, which only a long
 * run earns back. With this flag V8 keeps the code of its first, quick compiler, so never call it for
 * a long run.
 */
export function tuneForFewRequests(): void {
  setFlagsFromString('--liftoff-only');
}
