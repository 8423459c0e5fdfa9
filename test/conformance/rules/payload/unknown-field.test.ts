import { expect, it } from 'vitest';
import { careful } from '../../shop.js';
import { toldOfShop } from '../../told.js';

const RULE = 'payload/unknown-field';

it('a receiver that ignores what it does not know is right', async () => {
  expect((await toldOfShop(RULE)).status).toBe('pass');
});

it('a strict schema refuses it', async () => {
  const told = await toldOfShop(RULE, {
    before: ({ text }) => (text.includes('inqudHook') ? { status: 422 } : undefined),
  });
  expect(told).toMatchObject({
    status: 'fail',
    severity: 'should',
    evidence:
      'A web hook with a field that is not known yet is not taken as it should be. It is answered 422.',
  });
  expect(told.story?.timeline.at(-1)).toMatch(/^4\. checkout\.success with inqudHook.* → 422/);
});

it('so does a receiver that answers 200, and does nothing', async () => {
  const odd = new Set<string>();
  const told = await toldOfShop(RULE, {
    before: ({ text, event }) => {
      if (text.includes('inqudHook') && event !== undefined) odd.add(event.id);
      return undefined;
    },
    handle: (order, event) => (odd.has(event.id) ? order : careful(order, event)),
  });
  expect(told).toMatchObject({
    status: 'fail',
    evidence: 'A web hook with a field that is not known yet is not taken as it should be.',
  });
  expect(told.story?.state).toContain('status    expected "SUCCESS", is "NEW"');
});
