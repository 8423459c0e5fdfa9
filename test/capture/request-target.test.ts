import { expect, it } from 'vitest';
import { pathOfTarget } from '../../src/capture/request-target.js';

it.each([
  ['https://shop.example/hook?o=7', '/hook?o=7'],
  ['localhost:3000/hook', '/hook'],
  ['/hook', '/hook'],
])('of %s the path is %s', (target, path) => {
  expect(pathOfTarget(target)).toBe(path);
});

it('gives back what URL does not take, also when it was asked so often that it was compiled', () => {
  const host = 'http://\u00c3\u0080';
  for (let time = 0; time < 20_000; time += 1) {
    expect(pathOfTarget(host)).toBe(host);
  }
});
