import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { isGenuine } from '../../../receivers/shop/digest.js';
import { SECRET, type ShopOptions } from '../../shop.js';
import { reportOn, toldOfModel, toldOfShop } from '../../told.js';

type Accepts = NonNullable<ShopOptions['accepts']>;

const isRight: Accepts = (digests, right) => digests.join() === right;
const RULES = 'signature/*-refused';

/** Each is right about everything but one sort of forgery. */
const MISTAKES: readonly (readonly [rule: string, says: string, accepts: Accepts])[] = [
  ['signature/missing-refused', 'No digest header', ({ length }) => length === 0],
  ['signature/empty-refused', 'An empty digest', single((digest) => digest === '')],
  [
    'signature/truncated-refused',
    'A digest without its last character',
    single((digest, right) => digest !== '' && right.startsWith(digest)),
  ],
  [
    'signature/truncated-refused',
    'Only the first character of the digest',
    single((digest, right) => digest === right[0]),
  ],
  [
    'signature/over-long-refused',
    'The digest and one character more',
    single((digest, right) => digest.startsWith(right)),
  ],
  [
    'signature/other-secret-refused',
    'The digest under an empty secret',
    single((digest, _, body) => digest === hmac('sha1', '', body)),
  ],
  [
    'signature/sha256-refused',
    'A SHA-256 digest',
    single((digest, _, body) => digest === hmac('sha256', SECRET, body)),
  ],
  [
    'signature/base64-refused',
    'The digest in base64',
    single((digest, right) => digest === Buffer.from(right, 'hex').toString('base64')),
  ],
  [
    'signature/sent-twice-refused',
    'A wrong digest and the right one, in two headers',
    (digests, right) => digests.includes(right),
  ],
  [
    'signature/sent-twice-refused',
    'The right digest and a wrong one, in two headers',
    ([digest], right) => digest === right,
  ],
];

describe('one sort of forgery that is taken for genuine', () => {
  it.each(MISTAKES)('fails %s alone: %s', async (rule, says, accepts) => {
    const accepting: Accepts = (digests, right, request) =>
      isRight(digests, right, request) || accepts(digests, right, request);
    const { results } = await reportOn({ accepts: accepting }, [RULES]);
    expect(results.filter(({ status }) => status !== 'pass')).toEqual([
      expect.objectContaining({
        id: rule,
        severity: rule === 'signature/sent-twice-refused' ? 'advisory' : 'must',
        status: 'fail',
        evidence: `${says}: answered 200, as if it were genuine.`,
      }),
    ]);
  });

  it('fails signature/accepted-digest-refused where what was right once is right for ever', async () => {
    const known = new Set<string>();
    const accepts: Accepts = ([digest = '', ...others], right) => {
      if (digest === right) known.add(digest);
      return known.has(digest) && others.length === 0;
    };
    const told = await toldOfShop('signature/accepted-digest-refused', { accepts });
    expect(told).toMatchObject({
      status: 'fail',
      severity: 'must',
      evidence:
        'The digest that an earlier web hook of the resource came with: answered 200, as if it were genuine.',
    });
  });

  it.each([
    ['signature/other-body-refused', 'The digest of another body'],
    ['signature/changed-byte-refused', 'A body with one byte changed'],
    ['signature/other-secret-refused', 'The digest under another secret'],
  ])('fails %s where a digest only has to look like one', async (rule, says) => {
    const accepts: Accepts = ([digest = '']) => /^[\da-f]{40}$/.test(digest);
    expect(await toldOfShop(rule, { accepts })).toMatchObject({
      status: 'fail',
      severity: 'must',
      evidence: `${says}: answered 200, as if it were genuine.`,
    });
  });
});

describe('a forgery counts as refused', () => {
  it.each([302, 400, 401, 403, 404, 500])('by a %i', async (forged) => {
    const { results } = await reportOn(refusing(forged), [RULES]);
    expect(new Set(results.map(({ status }) => status))).toEqual(new Set(['pass']));
    expect(results[0]?.evidence).toBe(`answered ${forged} (1 kind)`);
  });

  it('not by a 204', async () => {
    const told = await toldOfShop('signature/missing-refused', refusing(204));
    expect(told.evidence).toBe('No digest header: answered 204, as if it were genuine.');
  });

  it.each([
    ['a 500', { status: 500 }, 'answered 500'],
    ['silence', 'silence', 'not answered in time'],
  ] as const)('not by %s, where others are answered 401', async (_, answer, said) => {
    const breaking: ShopOptions = {
      before: ({ headers, isGenuine: isRightOne }) =>
        !isRightOne && headers.every(([name]) => !/digest/i.test(name)) ? answer : undefined,
    };
    const { results } = await reportOn(breaking, [RULES]);
    expect(results.filter(({ status }) => status !== 'pass')).toEqual([
      expect.objectContaining({
        id: 'signature/missing-refused',
        status: 'fail',
        evidence: `No digest header: ${said}: the check breaks instead of refusing.`,
      }),
    ]);
  });
});

describe('what cannot be told is no pass', () => {
  it('where forgeries meet a limit', async () => {
    const told = await toldOfShop('signature/missing-refused', refusing(429));
    expect(told).toMatchObject({ status: 'inconclusive' });
    expect(told.evidence).toContain('429');
  });

  it('where no genuine web hook is taken', async () => {
    const told = await toldOfShop('signature/missing-refused', { before: () => ({ status: 401 }) });
    expect(told.status).toBe('inconclusive');
  });
});

describe('of several kinds', () => {
  const kinds = ['checkout', 'request'];

  it('the one that is not checked is named', async () => {
    const told = await toldOfModel(
      'signature/other-secret-refused',
      {
        isGenuine: (digests, body, secret) =>
          /"id":"CAPD-/.test(Buffer.from(body).toString().slice(0, 50).replaceAll(' ', '')) ||
          isGenuine(digests, body, secret),
      },
      { kinds },
    );
    expect(told.evidence).toBe(
      'The digest under another secret (request): answered 200, as if it were genuine.',
    );
  });

  it.each([
    ['signature/missing-refused', 'answered 401 (2 kinds)'],
    ['signature/base64-refused', 'answered 401 (1 kind)'],
  ])('a slow receiver is asked what tells most about each: %s', async (rule, evidence) => {
    const work = { kind: 'queued', workers: 1, ms: 60 } as const;
    expect(await toldOfModel(rule, { work }, { kinds })).toMatchObject({
      status: 'pass',
      evidence,
    });
  });
});

/** Where one digest came. */
function single(takes: (digest: string, right: string, body: Uint8Array) => boolean): Accepts {
  return (digests, right, { body }) => digests.length === 1 && takes(digests.join(), right, body);
}

/** Answers every forgery with this status. */
function refusing(status: number): ShopOptions {
  return { before: ({ isGenuine: isRightOne }) => (isRightOne ? undefined : { status }) };
}

function hmac(algorithm: string, secret: string, body: Uint8Array): string {
  return createHmac(algorithm, secret).update(body).digest('hex');
}

describe('a receiver that looks at the digest of some events alone', () => {
  it.each([
    ['successes', /"status":\s*"SUCCESS"/, 'No digest header (checkout.expired, '],
    ['all but expiries', /"status":\s*"(?!EXPIRED)/, 'No digest header (checkout.expired): '],
  ])('is told with those it does not look at: %s', async (_, checked, says) => {
    const accepts: Accepts = (digests, right, request) =>
      isRight(digests, right, request) || !checked.test(Buffer.from(request.body).toString());
    const told = await toldOfShop('signature/missing-refused', { accepts });
    expect(told).toMatchObject({ status: 'fail', evidence: expect.stringContaining(says) });
  });
});
