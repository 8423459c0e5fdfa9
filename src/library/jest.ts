// For a setup file of Jest (setupFilesAfterEnv), or a test: `import 'inqud-hook/jest'` adds the
// matchers to the global `expect`, and their types to those of @types/jest.
import { type InqudMatchers, matchers } from './matcher.js';

declare global {
  namespace jest {
    interface Matchers<R> extends InqudMatchers<R> {}
  }
}

const expect: unknown = Reflect.get(globalThis, 'expect');
if (isExtendable(expect)) expect.extend(matchers);

function isExtendable(value: unknown): value is { extend(added: object): void } {
  return typeof value === 'function' && 'extend' in value && typeof value.extend === 'function';
}
