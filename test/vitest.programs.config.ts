import { defineConfig } from 'vitest/config';
import base from './vitest.config.js';
import { WITH_PROGRAMS } from './with-programs.js';

export default defineConfig({
  ...base,
  test: { ...base.test, include: [...WITH_PROGRAMS], exclude: [] },
});
