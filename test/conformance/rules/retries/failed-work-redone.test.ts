import { describe, expect, it } from 'vitest';
import type { Aid } from '../../../proving-ground/aids.js';
import { toldOfModel } from '../../told.js';

const RULE = 'retries/failed-work-redone';
const aids: ReadonlySet<Aid> = new Set(['fault']);

describe('work that fails once', () => {
  it.each([
    ['refused', 'It was refused first.'],
    ['done-later', 'It was answered 200 while its work failed.'],
  ] as const)('is done in the end: %s', async (failed, how) => {
    const work = { kind: 'at-once', ms: 0 } as const;
    expect(await toldOfModel(RULE, { failed, work }, { aids })).toMatchObject({
      status: 'pass',
      evidence: `The work was done in the end. ${how}`,
    });
  });

  it('is lost where it is answered 200 and forgotten', async () => {
    const told = await toldOfModel(RULE, { failed: 'forgotten' }, { aids });
    expect(told).toMatchObject({
      status: 'fail',
      severity: 'must',
      evidence:
        'The work failed once, and was never done afterwards. It was answered 200 while its work failed.',
    });
    expect(told.story?.timeline.at(-1)).toMatch(/^4\. checkout\.success → 200/);
    expect(told.story?.state).toContainEqual(
      expect.stringMatching(/^credited +expected "149\.9", is "0"$/),
    );
  });

  it('is lost where it is answered first, and forgotten later', async () => {
    const change = { failed: 'forgotten', work: { kind: 'later', ms: 40 } } as const;
    expect((await toldOfModel(RULE, change, { aids })).status).toBe('fail');
  });

  it('is for another rule where its retry is taken for a duplicate', async () => {
    expect(await toldOfModel(RULE, { marks: 'begun' }, { aids })).toMatchObject({
      status: 'skipped',
      evidence: expect.stringContaining('see retries/not-done-before-done'),
    });
  });
});

it('a receiver that cannot be made to fail is not asked', async () => {
  expect((await toldOfModel(RULE)).status).toBe('skipped');
});
