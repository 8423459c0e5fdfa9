import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createDiagnoser, diagnose } from '../../src/diagnosis/diagnose.js';
import { Secret } from '../../src/webhook/secret.js';

const SECRET = 'wh-secret-91c4';
const secrets = [Secret.fromText(SECRET)];
const hmac = (body: string | Uint8Array, key = SECRET) =>
  createHmac('sha1', key).update(body).digest('hex');
const body = Buffer.from('{"id":"PMT-1","amount":1.0,"note":"a/b"}');
const hex = (length: number) =>
  fc.string({ unit: fc.constantFrom(...'0123456789abcdef'), minLength: length, maxLength: length });
const json = fc.json({ maxDepth: 4 }).map((text) => Buffer.from(text));
const bytes = fc.oneof(json, fc.uint8Array({ maxLength: 300 }));

describe('a digest that nothing explains', () => {
  it('stays without a cause, whatever the digest and the body', () => {
    const digests = fc.oneof(hex(40), hex(16), hex(64), hex(32), hex(128), hex(39));
    fc.assert(
      fc.property(bytes, digests, (random, digest) => {
        expect(diagnose({ body: random, digest }, { secrets }).cause).toBeUndefined();
      }),
      { numRuns: 60, seed: 3 },
    );
  });

  it('stays without a cause when it is base64', () => {
    fc.assert(
      fc.property(bytes, fc.uint8Array({ minLength: 20, maxLength: 20 }), (random, digest) => {
        const text = Buffer.from(digest).toString('base64');
        expect(diagnose({ body: random, digest: text }, { secrets }).cause).toBeUndefined();
      }),
      { numRuns: 60, seed: 3 },
    );
  });

  it('is not matched by fewer than 16 of its characters', () => {
    const digest = hmac(body);
    const causeOf = (length: number) =>
      diagnose({ body, digest: digest.slice(0, length) }, { secrets }).cause?.id;
    expect(causeOf(15)).toBeUndefined();
    expect(causeOf(16)).toBe('digest/truncated');
  });

  it('is none at all when the digest is the right one', () => {
    const diagnosis = diagnose({ body, digest: hmac(body) }, { secrets });
    expect(diagnosis.cause).toBeUndefined();
  });
});

describe('input of any kind', () => {
  it('never makes a diagnosis throw', () => {
    const texts = fc.oneof(fc.string({ unit: 'binary' }), fc.base64String(), hex(40));
    fc.assert(
      fc.property(bytes, texts, fc.string(), (random, digest, secret) => {
        diagnose(
          { body: random, digest, headers: [['Content-Length', secret]] },
          { secrets: [Secret.fromText(secret)] },
        );
      }),
      { numRuns: 80, seed: 5 },
    );
  });

  it.each([
    ['JSON nested without end', Buffer.from('['.repeat(20_000))],
    ['JSON nested deeply and closed', Buffer.from('['.repeat(9000) + ']'.repeat(9000))],
    ['a string of backslashes', Buffer.from(`{"a":"${'\\\\'.repeat(200_000)}"}`)],
    ['a string that never ends', Buffer.from(`{"a":"${'x'.repeat(200_000)}`)],
    ['broken escapes', Buffer.from('{"a":"\\u12","b":"\\ud800x","c":"\\q\\"}')],
    ['a number without end', Buffer.from('9'.repeat(50_000))],
  ])('takes %s', (_, strange) => {
    const diagnosis = diagnose({ body: strange, digest: hmac('x') }, { secrets });
    expect(diagnosis.cause).toBeUndefined();
  });

  it('does without any secret', () => {
    expect(diagnose({ body, digest: hmac(body) }, { secrets: [] }).cause).toBeUndefined();
    expect(diagnose({ body, digest: hmac(body, '') }, { secrets: [] }).cause?.id).toBe(
      'secret/empty',
    );
  });
});

describe('a cause', () => {
  it('is explained in sentences, with what was met in brackets', () => {
    const digest = hmac(body, '$INQUD_SECRET');
    expect(diagnose({ body, digest }, { secrets }).cause).toEqual({
      id: 'secret/placeholder',
      explanation:
        'The digest was made with a placeholder that nothing took the place of (`$INQUD_SECRET`).',
      fix: 'Set the secret where the digest is made, and check that the variable is expanded.',
    });
  });

  it('made of two mistakes has the ids, explanations and fixes of both', () => {
    const digest = hmac('{"id":"PMT-1","amount":1,"note":"a/b"}', `${SECRET}\n`);
    expect(diagnose({ body, digest }, { secrets }).cause).toEqual({
      id: 'body/reserialised-javascript+secret/white-space-used',
      explanation:
        'The digest is that of the body parsed and written again by JavaScript. The digest was made with white space or a line end around the secret.',
      fix: 'Compute the digest over the raw request bytes, before anything parses them: express.raw() instead of express.json(), or request.text() before JSON.parse. Trim the secret where the digest is made: printf %s instead of echo, no line end in the file.',
    });
  });

  it('never gives the secret away', () => {
    const digest = hmac(body, `"${SECRET}"`);
    expect(JSON.stringify(diagnose({ body, digest }, { secrets }))).not.toContain(SECRET);
  });

  it('is found in a long body with two mistakes', () => {
    const items = Array.from({ length: 300 }, (_, index) => ({ id: index, note: 'a/b', n: 1.5 }));
    const long = Buffer.from(JSON.stringify({ items }));
    const digest = hmac(long.toString().replaceAll('/', '\\/'), `${SECRET}\n`);
    expect(diagnose({ body: long, digest }, { secrets }).cause?.id).toBe(
      'body/reserialised-php+secret/white-space-used',
    );
  });
});

describe('a search', () => {
  const unexplained = { body, digest: hmac('another body') };

  it('ends at the most candidates it may try, and says that it was cut', () => {
    expect(diagnose(unexplained, { secrets, maxCandidates: 50 })).toMatchObject({
      cause: undefined,
      cut: true,
      tried: 50,
    });
  });

  it('goes through everything for a body of usual size', () => {
    const { cut, tried } = diagnose(unexplained, { secrets });
    expect(cut).toBe(false);
    expect(tried).toBeLessThan(4000);
  });

  it('ends at the most bytes it may hash', () => {
    const { cut, tried } = diagnose(unexplained, { secrets, maxHashedBytes: 2000 });
    expect(cut).toBe(true);
    expect(tried).toBeLessThan(200);
  });

  it('ends when its time is over', () => {
    let ms = 0;
    const now = () => {
      ms += 1;
      return ms;
    };
    const { cut, tried } = diagnose(unexplained, { secrets, timeBudgetMs: 20, now });
    expect(cut).toBe(true);
    expect(tried).toBeLessThan(25);
  });

  it('tries single mistakes to the end however long the body is', () => {
    const long = Buffer.from(`{"a":"${'x'.repeat(3_000_000)}","b":1.0}`);
    const digest = hmac(`${long}\n`);
    expect(diagnose({ body: long, digest }, { secrets }).cause?.id).toBe('body/trailing-newline');
  });

  it('hashes nothing when the digest can be none', () => {
    expect(diagnose({ body, digest: 'none' }, { secrets }).tried).toBe(0);
  });
});

describe('a diagnoser', () => {
  it('tries what it found last first', () => {
    const diagnoser = createDiagnoser({ secrets });
    const tried = [1, 2, 3].map((id) => {
      const each = Buffer.from(`{"id":${id},"amount":1.0}`);
      return diagnoser({ body: each, digest: hmac(`{"id":${id},"amount":1}`) }).tried;
    });
    expect(tried[0]).toBeGreaterThan(1);
    expect(tried.slice(1)).toEqual([1, 1]);
  });

  it('keeps several causes of a mixed file in mind', () => {
    const diagnoser = createDiagnoser({ secrets });
    const entries = [hmac(`${body}\n`), hmac(body, `${SECRET}\n`), hmac(body).toUpperCase()];
    for (const digest of entries) diagnoser({ body, digest });
    const again = entries.map((digest) => diagnoser({ body, digest }));
    expect(again.map(({ cause }) => cause?.id)).toEqual([
      'body/trailing-newline',
      'secret/white-space-used',
      'digest/upper-case',
    ]);
    expect(again.every(({ tried }) => tried <= 3)).toBe(true);
  });

  it('does not take what it found for what it did not', () => {
    const diagnoser = createDiagnoser({ secrets });
    diagnoser({ body, digest: hmac(`${body}\n`) });
    expect(diagnoser({ body, digest: hmac('x') }).cause).toBeUndefined();
  });

  it('searches less and less when it finds nothing, and says so', () => {
    const diagnoser = createDiagnoser({ secrets, maxFullSearches: 1, maxSearches: 2 });
    const unexplained = { body, digest: hmac('another body') };
    const [full, single, none] = [1, 2, 3].map(() => diagnoser(unexplained));
    expect(full).toMatchObject({ cut: false });
    expect(single).toMatchObject({ cut: true });
    expect(none).toMatchObject({ cut: true, tried: 0 });
    expect(single?.tried).toBeLessThan(full?.tried ?? 0);
  });

  it('still tries what it found when it searches no more', () => {
    const diagnoser = createDiagnoser({ secrets, maxFullSearches: 1, maxSearches: 1 });
    const explained = { body, digest: hmac(`${body}\n`) };
    diagnoser(explained);
    for (let index = 0; index < 3; index += 1) diagnoser({ body, digest: hmac(`x${index}`) });
    expect(diagnoser(explained).cause?.id).toBe('body/trailing-newline');
  });
});
