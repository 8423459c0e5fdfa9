import { describe, expect, it } from 'vitest';
import { failed, verdicts, wayOf } from '../../../proving-ground/ways-judged.js';

describe('recovery/self-heals', () => {
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

  it('says what the API answered, where it told nothing', async () => {
    const found = await verdicts('recovery/', wayOf('API', 'is asked without a token'));
    expect(found.get('recovery/self-heals')?.verdict.evidence).toEqual([
      expect.stringContaining('though the API was asked'),
      { code: 'api-refused', about: 'it', status: 401, said: 'answered 401' },
    ]);
  });
});
