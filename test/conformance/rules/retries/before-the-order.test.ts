import { describe, expect, it } from 'vitest';
import type { Model } from '../../../proving-ground/model.js';
import { failed, verdicts, wayOf } from '../../../proving-ground/ways-judged.js';

describe('retries/before-the-order', () => {
  const ID = 'retries/before-the-order';

  it.each(['404 before it', 'kept until it is there'])('is content with %s', async (name) => {
    const found = await verdicts(ID, wayOf('order first', name));
    expect(found.get(ID)?.verdict.status).toBe('pass');
  });

  it.each([
    ['200 before it, and forgotten', 'was answered 200, and left nothing'],
    ['404 before it, and marked', 'its retry was answered 200, and left nothing'],
  ])('names %s', async (name, what) => {
    const found = await verdicts(ID, wayOf('order first', name));
    expect(failed(found)).toEqual([ID]);
    expect(found.get(ID)?.verdict.evidence).toContain(what);
  });

  it('is content with who asks the API once the order exists', async () => {
    const way = wayOf('order first', '200 before it, and forgotten');
    const asking = wayOf('API', 'is asked about orders that are made');
    const found = await verdicts(ID, {
      name: 'both',
      aids: ['prepare', 'api'],
      change: (model) => ({ ...rarely(asking.change(way.change(model))), kinds: ['checkout'] }),
    });
    expect(found.get(ID)?.verdict.status).toBe('pass');
  });

  it('needs orders that are prepared', async () => {
    const found = await verdicts(ID, wayOf('order first', 'not needed'));
    expect(found.get(ID)?.verdict).toEqual({
      status: 'skipped',
      evidence: { code: 'needs-prepare' },
    });
  });
});

/** Asks only after longer than any difference is waited for. */
function rarely(model: Model): Model {
  return { ...model, asking: model.asking && { ...model.asking, everyMs: 8_000 } };
}
