import { expect, it } from 'vitest';
import type { Aid } from '../../../proving-ground/aids.js';
import { ASKS } from '../../../proving-ground/choices.js';
import { toldOfModel } from '../../told.js';

const RULE = 'recovery/heals-once';
const aids: ReadonlySet<Aid> = new Set(['api']);

it('what was asked for, and remembered as its web hook would be, counts once', async () => {
  expect(await toldOfModel(RULE, { asking: ASKS }, { aids })).toMatchObject({
    status: 'pass',
    evidence: '3 losses were healed, and their web hooks changed nothing.',
  });
});

it('what only its web hook is remembered by counts again when that comes late', async () => {
  const told = await toldOfModel(RULE, { asking: { ...ASKS, remembers: false } }, { aids });
  expect(told).toMatchObject({
    status: 'fail',
    severity: 'must',
    evidence: 'checkout.success was asked for, and changed it again when it came late.',
  });
  expect(told.story?.timeline.at(-1)).toMatch(/checkout\.success → 200/);
  expect(told.story?.state).toContainEqual(
    expect.stringMatching(/^credited +expected "149\.9", is "299\.8"$/),
  );
});

it('who asks for nothing has nothing that could count twice', async () => {
  expect(await toldOfModel(RULE, {}, { aids })).toMatchObject({
    status: 'skipped',
    evidence: 'Nothing was asked for that could count twice.',
  });
});

it('without an API nothing can be asked for', async () => {
  expect((await toldOfModel(RULE, { asking: ASKS })).status).toBe('skipped');
});
