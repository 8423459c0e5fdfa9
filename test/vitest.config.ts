import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import { WITH_PROGRAMS } from './with-programs.js';

export default defineConfig({
  root: fileURLToPath(new URL('..', import.meta.url)),
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['test/interop/**', ...WITH_PROGRAMS],
    // Many tests only wait: for a receiver, a retry, a state.
    maxWorkers: Math.max(4, availableParallelism()),
    // The program keeps nothing of its own between runs, so one file of tests may have its modules after another.
    isolate: false,
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});
