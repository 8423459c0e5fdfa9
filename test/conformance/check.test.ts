import { describe, expect, test, vi } from 'vitest';
import type { CheckReport } from '../../src/library/check-receiver.js';
import { matchers } from '../../src/library/index.js';
import { careful, credulous, hasty } from './shop.js';
import { reportOn } from './told.js';

/** A check waits for receivers to settle, and machines can be busy. */
vi.setConfig({ testTimeout: 90_000 });

function statusOf({ results }: CheckReport, id: string) {
  return results.find((result) => result.id === id)?.status;
}

const MOST = ['signature', 'idempotency', 'ordering', 'retries', 'search'];

describe('a correct receiver is never accused', () => {
  test('when it works at once', async () => {
    const report = await reportOn({}, MOST);
    expect(report.results.filter(({ status }) => status === 'fail')).toEqual([]);
    expect(report.exitCode).toBe(0);
  });

  test('when it answers first and works later', async () => {
    const report = await reportOn({ delayMs: 80 }, ['idempotency', 'ordering']);
    expect(
      report.results.filter(({ status }) => status === 'fail' || status === 'inconclusive'),
    ).toEqual([]);
    expect(report.exitCode).toBe(0);
  });
});

describe('a broken receiver is caught', () => {
  test('when it credits a duplicate again, with the smallest story that shows it', async () => {
    const report = await reportOn({ handle: credulous }, ['idempotency/duplicate-in-sequence']);
    const [result] = report.results;
    expect(result).toMatchObject({ status: 'fail', severity: 'must' });
    expect(result?.story?.state).toEqual(['credited  expected 149.9, is 299.8']);
    expect(report.exitCode).toBe(1);
  });

  test('when the last status wins', async () => {
    const report = await reportOn({ handle: hasty }, ['ordering/late-intermediate']);
    expect(statusOf(report, 'ordering/late-intermediate')).toBe('fail');
  });

  test('when it takes forged web hooks', async () => {
    const report = await reportOn({ verifies: false }, ['signature/other-secret-refused']);
    expect(report.results[0]).toMatchObject({
      status: 'fail',
      evidence: 'The digest under another secret: answered 200, as if it were genuine.',
    });
  });

  test('when it answers 204', async () => {
    const report = await reportOn({ status: 204 }, ['acknowledgement/exactly-200']);
    expect(statusOf(report, 'acknowledgement/exactly-200')).toBe('fail');
    expect(report.exitCode).toBe(1);
  });
});

describe('green on no evidence is no verdict', () => {
  test('a state that never changes passes nothing', async () => {
    const report = await reportOn({ view: () => ({ ok: true }), handle: careful }, [
      'ordering/final-only',
    ]);
    expect(statusOf(report, 'ordering/final-only')).toBe('inconclusive');
    expect(report.exitCode).toBe(3);
  });

  test('without a way to read the state the rules that need it are not told', async () => {
    const report = await reportOn({}, ['ordering/any-order'], { stateUrl: undefined });
    expect(report).toMatchObject({ exitCode: 3, results: [{ status: 'inconclusive' }] });
  });

  test('unless that is meant', async () => {
    const black = { stateUrl: undefined, blackBox: true };
    const report = await reportOn({}, ['ordering/any-order', 'signature/valid-accepted'], black);
    expect(report).toMatchObject({
      exitCode: 0,
      results: [{ status: 'pass' }, { status: 'skipped' }],
    });
  });

  test('a kind that was named and is refused is not told', async () => {
    const report = await reportOn({}, ['ordering/any-order'], { kinds: ['checkout', 'payment'] });
    expect(report.results[0]).toMatchObject({
      status: 'inconclusive',
      evidence: 'payment could not be tested: new is answered 422.',
    });
  });
});

test('the matcher says what is wrong and how to mend it', async () => {
  const report = await reportOn({ verifies: false }, ['signature/missing-refused']);
  const answer = matchers.toBeReadyForInqud(report);
  expect(answer.pass).toBe(false);
  expect(answer.message()).toContain('signature/missing-refused: No digest header');
  expect(answer.message()).toContain('Fix: Answer 401');
});
