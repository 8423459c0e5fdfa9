import { describe, expect, it } from 'vitest';
import { RULES } from '../../src/conformance/rules/registry.js';
import { type Judged, judge as judgeBy } from '../proving-ground/judge.js';
import { CORRECT, eventIn, type Model } from '../proving-ground/model.js';

/** What the answers say, and one rule that keeps the receiver busy. */
const OF_ANSWERS = RULES.filter(({ id }) =>
  /^(acknowledgement|signature\/valid|payload\/full|idempotency\/duplicate-in)/.test(id),
);

function judge(model: Model, kinds: readonly string[] = []): Promise<Judged> {
  return judgeBy(model, '1', { rules: OF_ANSWERS, kinds });
}

/** Rules that failed, with their severity. */
function failed({ results }: Judged): readonly string[] {
  return results
    .filter(({ verdict }) => verdict.status === 'fail')
    .map(({ rule }) => `${rule.id} (${rule.severity})`);
}

function answering(answers: Partial<Model['answers']>): Model {
  return { ...CORRECT, answers: { ...CORRECT.answers, ...answers } };
}

const CHECKOUTS: Partial<Model> = { kinds: ['checkout'] };

describe('a kind of which every web hook gets a 4xx', () => {
  it.each([404, 422, 403])('is not taken, and no finding: %i', async (otherKind) => {
    const judged = await judge({ ...answering({ otherKind }), ...CHECKOUTS });
    expect(failed(judged)).toEqual([]);
    expect(judged.summary.readiness.verdict).toBe('right-as-far-as-checked');
  });

  it('is a finding where it was named', async () => {
    const model = { ...answering({ otherKind: 404 }), ...CHECKOUTS };
    const judged = await judge(model, ['checkout', 'payment']);
    expect(failed(judged)).toEqual(['acknowledgement/exactly-200 (must)']);
    const alone = await judge(model, ['payment']);
    expect(failed(alone)).toEqual(['signature/valid-accepted (must)']);
  });
});

describe('a kind that is not taken as a whole is a finding:', () => {
  it('answered 500', async () => {
    const judged = await judge({ ...answering({ otherKind: 500 }), ...CHECKOUTS });
    expect(failed(judged)).toEqual(['acknowledgement/exactly-200 (must)']);
  });

  it('its success late, whatever the kind', async () => {
    const late: Model = {
      ...CORRECT,
      delayOf: ({ status }) => (status === 'SUCCESS' ? 12_000 : 0),
    };
    expect(failed(await judge(late))).toContain('acknowledgement/within-limit (must)');
  });

  it('its success refused, of every kind there is', async () => {
    const refusing: Model = {
      ...CORRECT,
      refuses: ({ status }) => (status === 'SUCCESS' ? 500 : undefined),
    };
    const judged = await judge(refusing);
    expect(failed(judged)).toContain('payload/full-lifecycles (must)');
    expect(failed(judged)).not.toContain('signature/valid-accepted (must)');
    expect(judged.summary.readiness.verdict).toBe('not-ready');
  });
});

describe('a refusal', () => {
  it('of what comes again is lost for good', async () => {
    const judged = await judge(answering({ duplicate: 409 }));
    expect(failed(judged)).toContain('acknowledgement/exactly-200 (must)');
    const [rule] = judged.results.filter(({ rule }) => rule.id === 'acknowledgement/exactly-200');
    const story = rule?.verdict.status === 'fail' ? rule.verdict.story : undefined;
    expect(story?.times).toEqual({ failed: 5, of: 5 });
    expect(story?.script.steps).toHaveLength(2);
  });

  it('that the retry mends warns, and is no more than that', async () => {
    const judged = await judge({ ...CORRECT, stumbles: ({ status }) => firstOf(status) });
    expect(failed(judged)).toEqual(['acknowledgement/refusals-mended (should)']);
  });

  it.each([429, 503])('under load is right: %i', async (crowded) => {
    const judged = await judge({ ...answering({ crowded, afterMs: 20 }), mostAtOnce: 12 });
    expect(failed(judged)).toEqual([]);
    expect(judged.summary.readiness.verdict).toBe('right-as-far-as-checked');
  });
});

describe('a burst', () => {
  it('of which a part is answered 500 warns', async () => {
    const judged = await judge({ ...answering({ crowded: 500, afterMs: 20 }), mostAtOnce: 12 });
    expect(failed(judged)).toContain('acknowledgement/burst (should)');
    expect(judged.summary.readiness.verdict).toBe('right-as-far-as-checked');
  });

  it('that overflows a queue after it was acknowledged is lost', async () => {
    const dropping: Model = {
      ...CORRECT,
      work: { kind: 'queued', workers: 1, ms: 20, most: 10 },
    };
    expect(failed(await judge(dropping))).toContain('acknowledgement/burst-kept (must)');
  });

  it('that takes long to work off is waited for', async () => {
    const slow: Model = { ...CORRECT, work: { kind: 'queued', workers: 1, ms: 100 } };
    expect(failed(await judge(slow))).toEqual([]);
  });
});

describe('forged web hooks', () => {
  const of = (pattern: RegExp) => RULES.filter(({ id }) => pattern.test(id));

  it('are refused of every kind', async () => {
    const oneOpen: Model = {
      ...CORRECT,
      isGenuine: (digests, body, secret) =>
        eventIn(body)?.kind === 'invoice' || CORRECT.isGenuine(digests, body, secret),
    };
    const { results } = await judgeBy(oneOpen, '1', { rules: of(/^signature\/missing/) });
    const [verdict] = results.map((result) => result.verdict);
    expect(verdict?.status).toBe('fail');
    expect(verdict?.evidence).toContain('No digest header (invoice)');
  });

  it('that only make the receiver ask the API warn', async () => {
    const nudged: Model = {
      ...CORRECT,
      kinds: ['payment', 'request'],
      isGenuine: () => true,
      asking: {
        everyMs: 2_000,
        asksAbout: () => true,
        hasToken: true,
        believes: 'api-alone',
        remembers: true,
      },
    };
    const options = { rules: of(/^signature/), aids: new Set(['api'] as const) };
    expect(failed(await judgeBy(nudged, '1', options))).toEqual([
      'signature/nudges-signed (should)',
    ]);
    const believing: Model = { ...nudged, asking: undefined };
    expect(failed(await judgeBy(believing, '1', options))).toContain(
      'signature/missing-refused (must)',
    );
  });
});

function firstOf(status: string): number | undefined {
  return status === 'NEW' || status === 'PENDING' ? 500 : undefined;
}
