import { describe, expect, it } from 'vitest';
import { failed, verdicts, wayOf } from '../../proving-ground/ways-judged.js';

describe('recovery', () => {
  it.each([
    'is asked about what is open',
    'is asked about orders that are made',
    'is asked about what a web hook told of',
    'alone is believed',
  ])('is right where the API %s', async (name) => {
    const found = await verdicts('recovery/', wayOf('API', name));
    expect(failed(found)).toEqual([]);
    expect(found.get('recovery/self-heals')?.verdict.status).toBe('pass');
    expect(found.get('recovery/heals-once')?.verdict.status).toBe('pass');
  });

  it('tells of orders of which nothing came, and accuses nobody for them', async () => {
    const found = await verdicts(
      'recovery/',
      wayOf('API', 'is asked about what a web hook told of'),
    );
    const { evidence } = found.get('recovery/self-heals')?.verdict ?? {};
    expect(evidence).toContain('Never asked about: payment of which nothing came');
  });

  it.each([
    ['is not asked at all', 'What came last was payment.new.'],
    ['is asked about what is pending alone', 'What came last was payment.new.'],
    ['is not asked about what is frozen', 'What came last was payment.frozen.'],
  ])('is missed where the API %s', async (name, last) => {
    const found = await verdicts('recovery/', wayOf('API', name));
    expect(failed(found)).toEqual(['recovery/self-heals']);
    expect(found.get('recovery/self-heals')?.verdict.evidence).toContain(last);
  });

  it('counts once', async () => {
    const found = await verdicts('recovery/', wayOf('API', 'counts, and its web hook again'));
    expect(failed(found)).toEqual(['recovery/heals-once']);
  });
});

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
      change: (model) => ({ ...asking.change(way.change(model)), kinds: ['checkout'] }),
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
