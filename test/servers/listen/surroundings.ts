import { systemClock } from '../../../src/adapters/clock.js';
import { reasonOf } from '../../../src/adapters/files.js';
import type { ListenerSurroundings } from '../../../src/servers/listen/listener.js';

/** This machine. */
export const SURROUNDINGS: ListenerSurroundings = {
  clock: systemClock,
  processes: { ownPid: process.pid, isRunning },
  reasonOf,
};

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
