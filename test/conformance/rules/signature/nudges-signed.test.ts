import { describe, expect, it } from 'vitest';
import type { Aid } from '../../../proving-ground/aids.js';
import { ASKS } from '../../../proving-ground/choices.js';
import type { Model } from '../../../proving-ground/model.js';
import { toldOfModel } from '../../told.js';

const RULE = 'signature/nudges-signed';
const aids: ReadonlySet<Aid> = new Set(['api']);

/** Checks no digest, and does what the API says of the resource that a web hook names. */
const nudged: Partial<Model> = {
  isGenuine: () => true,
  asking: { ...ASKS, believes: 'api-alone' },
};

describe('a receiver that takes whatever comes for a nudge to ask the API', () => {
  it('should check the digest all the same', async () => {
    expect(await toldOfModel(RULE, nudged, { aids })).toMatchObject({
      status: 'fail',
      severity: 'should',
      evidence:
        '22 of 22 forged web hooks are answered 200, and change nothing but what the API says.',
    });
  });

  it('loses nothing to a forgery', async () => {
    expect(await toldOfModel('signature/missing-refused', nudged, { aids })).toMatchObject({
      status: 'pass',
      evidence: 'answered 200: a nudge to ask the API, see signature/nudges-signed.',
    });
  });
});

it('a receiver that asks, and believes the forged body, is for the other rules of signatures', async () => {
  const credulous = { isGenuine: () => true, asking: { ...ASKS, everyMs: 1 } };
  expect(await toldOfModel(RULE, credulous, { aids })).toMatchObject({
    status: 'pass',
    evidence: 'No forged web hook is taken for a nudge.',
  });
  const missing = await toldOfModel('signature/missing-refused', credulous, { aids });
  expect(missing.status).toBe('fail');
});

it('a receiver that checks the digest before it asks the API is right', async () => {
  const told = await toldOfModel(RULE, { asking: { ...ASKS, believes: 'api-alone' } }, { aids });
  expect(told.status).toBe('pass');
});

it('without an API there is nothing to ask', async () => {
  expect(await toldOfModel(RULE, { isGenuine: () => true })).toMatchObject({ status: 'skipped' });
});
