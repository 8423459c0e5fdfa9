import { expect, it } from 'vitest';
import type { Aid } from '../../../proving-ground/aids.js';
import { toldOfModel } from '../../told.js';

const RULE = 'retries/not-done-before-done';
const aids: ReadonlySet<Aid> = new Set(['fault']);

it('a mark that is set when the work is done is right', async () => {
  expect(await toldOfModel(RULE, {}, { aids })).toMatchObject({
    status: 'pass',
    evidence: 'The work was done in the end. It was refused first.',
  });
});

it('a mark that is set first makes the retry a duplicate', async () => {
  const told = await toldOfModel(RULE, { marks: 'begun' }, { aids });
  expect(told).toMatchObject({
    status: 'fail',
    severity: 'must',
    evidence:
      'The work failed, the web hook was refused, and its retry was answered 200 and left nothing.',
  });
  expect(told.story?.timeline.at(-2)).toMatch(/checkout\.success → 500/);
  expect(told.story?.timeline.at(-1)).toMatch(/checkout\.success again → 200/);
  expect(told.story?.state).toContainEqual(
    expect.stringMatching(/^credited +expected "149\.9", is "0"$/),
  );
});

it('what is answered 200 while its work fails is for another rule', async () => {
  expect(await toldOfModel(RULE, { failed: 'forgotten' }, { aids })).toMatchObject({
    status: 'skipped',
    evidence: 'It was answered 200 while its work failed. See retries/failed-work-redone.',
  });
});

it('a receiver that cannot be made to fail is not asked', async () => {
  expect((await toldOfModel(RULE)).status).toBe('skipped');
});
