// For a setup file of Vitest, or a test: `import 'inqud-hook/vitest'` adds the matchers and their types.
import { expect } from 'vitest';
import { type InqudMatchers, matchers } from './matcher.js';

declare module 'vitest' {
  // biome-ignore lint/suspicious/noExplicitAny: the parameter has to be declared as Vitest declares it
  interface Matchers<T = any> extends InqudMatchers<T> {}
}

expect.extend(matchers);
