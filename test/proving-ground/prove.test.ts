import { describe, expect, it } from 'vitest';
import { SimulatedClock } from '../simulated-clock.js';
import { judge } from './judge.js';
import { CORRECT } from './model.js';
import { sampleOf, unusualOf, wrongWays } from './sample.js';
import { proofTable } from './table.js';

describe('a check in simulated time', () => {
  it('finds a correct receiver ready, and says the same again', { timeout: 120_000 }, async () => {
    const first = await judge(CORRECT, '1', { kinds: ['checkout'] });
    expect(first.summary.readiness.verdict).toBe('ready');
    const second = await judge(CORRECT, '1', { kinds: ['checkout'] });
    expect(second.summary.requests).toBe(first.summary.requests);
    expect(second.virtualMs).toBe(first.virtualMs);
  });

  it('names what a receiver that remembers nothing does', { timeout: 120_000 }, async () => {
    const forgetful = { ...CORRECT, memory: () => ({ has: () => false, add: () => undefined }) };
    const { results } = await judge(forgetful, '1', { kinds: ['checkout'] });
    const failed = results.filter(({ verdict }) => verdict.status === 'fail');
    expect(failed.map(({ rule }) => rule.id)).toEqual([
      'idempotency/duplicate-in-sequence',
      'idempotency/duplicate-concurrent',
      'idempotency/duplicate-after-later-events',
      'idempotency/duplicate-long-after',
      'retries/lost-acknowledgement',
      'retries/overlap',
      'search/random-deliveries',
    ]);
  });
});

describe('samples', () => {
  it('are the same for the same seed and number', () => {
    expect(unusualOf(sampleOf('7', 12))).toBe(unusualOf(sampleOf('7', 12)));
    expect(
      new Set(Array.from({ length: 40 }, (_, number) => unusualOf(sampleOf('7', number)))).size,
    ).toBeGreaterThan(30);
  });

  it('take every wrong way in turn, and one correct receiver of four', () => {
    const samples = Array.from({ length: 400 }, (_, number) => sampleOf('1', number));
    expect(samples.filter(({ wrong }) => wrong === undefined)).toHaveLength(100);
    const ways = new Set(samples.flatMap(({ wrong }) => wrong?.way ?? []));
    expect(ways.size).toBe(wrongWays().length);
  });
});

describe('the clock', () => {
  it('jumps to whoever sleeps shortest, in the order of falling asleep', async () => {
    const clock = new SimulatedClock();
    const woken: string[] = [];
    const sleeper = async (name: string, ms: number) => {
      await clock.sleep(ms);
      woken.push(`${name} ${clock.monotonic()}`);
    };
    await Promise.all([sleeper('late', 50), sleeper('one', 10), sleeper('other', 10)]);
    expect(woken).toEqual(['one 10', 'other 10', 'late 50']);
  });

  it('wakes whoever is called', async () => {
    const clock = new SimulatedClock();
    const call = new AbortController();
    const sleep = clock.sleep(1_000, call.signal);
    call.abort();
    await sleep;
    expect(clock.monotonic()).toBe(0);
  });
});

describe('the table', () => {
  it('is no proof with a false alarm', () => {
    const proof = { number: 0, wrong: undefined, unusual: 'all as usual', virtualMs: 1 };
    const right = proofTable([{ ...proof, kind: 'right', rules: [] }], { seed: '1', ms: 1 });
    expect(right.isProven).toBe(true);
    const accused = proofTable([{ ...proof, kind: 'accused', rules: ['ordering/any-order'] }], {
      seed: '1',
      ms: 1,
    });
    expect(accused.isProven).toBe(false);
    expect(accused.text).toContain('0 is correct, and accused of ordering/any-order.');
  });
});
