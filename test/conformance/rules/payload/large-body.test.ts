import { expect, it } from 'vitest';
import type { ShopOptions } from '../../shop.js';
import { toldOfShop } from '../../told.js';

const RULE = 'payload/large-body';

it('a limit of 100 kB lets every web hook through', async () => {
  expect((await toldOfShop(RULE, limitedTo(100_000))).status).toBe('pass');
});

it('a limit of 64 kB does not', async () => {
  const told = await toldOfShop(RULE, limitedTo(65_536));
  expect(told).toMatchObject({
    status: 'fail',
    severity: 'should',
    evidence: 'A web hook of 90 kB is not taken. It is answered 413.',
  });
  const last = told.story?.timeline.at(-1) ?? '';
  expect(last).toMatch(/checkout\.success with inqudHookPadding=x+… → 413/);
  expect(last.length).toBeLessThan(150);
});

function limitedTo(bytes: number): ShopOptions {
  return { before: ({ text }) => (text.length > bytes ? { status: 413 } : undefined) };
}
