import { describe, expect, it } from 'vitest';
import { createDiagnoser, diagnose } from '../../src/diagnosis/diagnose.js';
import { sign } from '../../src/webhook/digest.js';
import { Secret } from '../../src/webhook/secret.js';

const SECRET = Secret.fromText('kHw3Zq9TnB1x');
const OPTIONS = { secrets: [SECRET] };
const UNLIMITED = { ...OPTIONS, maxCandidates: 1_000_000, maxHashedBytes: 1 << 30 };
const NOWHERE = '0123456789abcdef0123456789abcdef01234567';

describe('a search that ends at a limit', () => {
  const body = bodyOf(1);

  it('says so when candidates are left', () => {
    const { cause, cut, tried } = diagnose(
      { body, digest: NOWHERE },
      { ...OPTIONS, maxCandidates: 5 },
    );
    expect({ cause, cut, tried }).toEqual({ cause: undefined, cut: true, tried: 5 });
  });

  it('says so when enough bytes were hashed', () => {
    const options = { ...OPTIONS, maxHashedBytes: body.length * 3 };
    expect(diagnose({ body, digest: NOWHERE }, options).cut).toBe(true);
  });

  it('says so when its time is over', () => {
    let nowMs = 0;
    const now = () => {
      nowMs += 1;
      return nowMs;
    };
    const { cut, tried } = diagnose(
      { body, digest: NOWHERE },
      { ...OPTIONS, timeBudgetMs: 20, now },
    );
    expect(cut).toBe(true);
    expect(tried).toBeLessThanOrEqual(20);
  });

  it('does not say so when everything was tried', () => {
    const { cut, tried } = diagnose({ body, digest: NOWHERE }, UNLIMITED);
    expect(cut).toBe(false);
    expect(tried).toBeGreaterThan(100);
  });

  it('has tried 4,000 at most when not told otherwise', () => {
    expect(diagnose({ body, digest: NOWHERE }, OPTIONS).tried).toBeLessThanOrEqual(4000);
  });

  it('still gives its suspicion', () => {
    const found = diagnose({ body, digest: 'none' }, { ...OPTIONS, maxCandidates: 1 });
    expect(found.suspicion?.id).toBe('digest/not-inquds');
  });
});

describe('a file with one cause throughout', () => {
  it.each([
    ['body/trailing-newline', (body: Buffer) => sign(withEnd(body, '\n'), SECRET)],
    ['body/reserialised-python', (body: Buffer) => sign(python(body), SECRET)],
    ['secret/wrong-case', (body: Buffer) => sign(body, Secret.fromText('khw3zq9tnb1x'))],
    ['digest/upper-case', (body: Buffer) => sign(body, SECRET).toUpperCase()],
    ['digest/truncated', (body: Buffer) => sign(body, SECRET).slice(0, 32)],
    [
      'body/trailing-newline+digest/upper-case',
      (body: Buffer) => sign(withEnd(body, '\n'), SECRET).toUpperCase(),
    ],
  ])('is searched for %s once, then takes one digest an entry', (id, digestOf) => {
    const next = createDiagnoser(OPTIONS);
    const [first, ...rest] = [1, 2, 3, 4, 5].map((number) => {
      const body = bodyOf(number);
      return next({ body, digest: digestOf(body) });
    });
    expect(first?.cause?.id).toBe(id);
    for (const found of rest) expect(found).toEqual({ ...first, tried: 1 });
  });

  it('is explained as well when two causes take turns', () => {
    const next = createDiagnoser(OPTIONS);
    const ids = [1, 2, 3, 4, 5, 6].map((number) => {
      const body = bodyOf(number);
      const signed = number % 2 === 0 ? python(body) : withEnd(body, '\n');
      const { cause, tried } = next({ body, digest: sign(signed, SECRET) });
      return [cause?.id, number < 3 || tried <= 2];
    });
    expect(ids).toEqual([
      ['body/trailing-newline', true],
      ['body/reserialised-python', true],
      ['body/trailing-newline', true],
      ['body/reserialised-python', true],
      ['body/trailing-newline', true],
      ['body/reserialised-python', true],
    ]);
  });

  it('lends its cause to no entry that it does not explain', () => {
    const next = createDiagnoser(OPTIONS);
    const body = bodyOf(1);
    next({ body, digest: sign(withEnd(body, '\n'), SECRET) });
    expect(next({ body: bodyOf(2), digest: NOWHERE }).cause).toBeUndefined();
  });
});

describe('a file of digests that nothing explains', () => {
  it('is searched less and less, and says that it was cut short', () => {
    const next = createDiagnoser({ ...UNLIMITED, maxFullSearches: 2, maxSearches: 4 });
    const found = [1, 2, 3, 4, 5].map((number) => next({ body: bodyOf(number), digest: NOWHERE }));
    expect(found.map(({ cut }) => cut)).toEqual([false, false, true, true, true]);
    const byFile = found.map(({ cutBy }) => cutBy === 'file');
    expect(byFile).toEqual([false, false, true, true, true]);
    const [full = 0, , single = 0, , none] = found.map(({ tried }) => tried);
    expect(single).toBeLessThan(full);
    expect(none).toBe(0);
  });

  it('still has what was found before explained', () => {
    const next = createDiagnoser({ ...OPTIONS, maxFullSearches: 1, maxSearches: 1 });
    const [known, later] = [bodyOf(1), bodyOf(2)];
    next({ body: known, digest: sign(withEnd(known, '\n'), SECRET) });
    next({ body: known, digest: NOWHERE });
    next({ body: known, digest: NOWHERE });
    const found = next({ body: later, digest: sign(withEnd(later, '\n'), SECRET) });
    expect(found.cause?.id).toBe('body/trailing-newline');
  });
});

describe('a body of more than 1 MiB', () => {
  const body = Buffer.from(`{"id":"PMT-1","note":"${'\u00e9'.repeat(600_000)}"}`);
  const key = (text: string) => Secret.fromText(text);

  it.each([
    ['capture/trailing-newline', withEnd(body, '\n'), sign(body, SECRET), SECRET],
    ['digest/upper-case', body, sign(body, SECRET).toUpperCase(), SECRET],
    ['secret/quotes-given', body, sign(body, SECRET), key('"kHw3Zq9TnB1x"')],
    ['secret/white-space-used', body, sign(body, key('kHw3Zq9TnB1x\n')), SECRET],
  ])('is searched for what takes no parsing: %s', (id, given, digest, secret) => {
    expect(diagnose({ body: given, digest }, { secrets: [secret] }).cause?.id).toBe(id);
  });

  it('is not searched for more, and that is said', () => {
    const laidOut = Buffer.from(JSON.stringify(JSON.parse(body.toString()), undefined, 2));
    const found = diagnose({ body: laidOut, digest: sign(body, SECRET) }, OPTIONS);
    expect(found).toMatchObject({ cause: undefined, cut: true, suspicion: undefined });
    expect(found.cutBy).toBeUndefined();
  });

  it('is hashed the less often the larger it is', () => {
    const large = Buffer.alloc(64 * 1024 * 1024, 'x');
    const found = diagnose({ body: large, digest: NOWHERE }, OPTIONS);
    expect(found).toMatchObject({ cause: undefined, cut: true });
    expect(found.tried).toBeLessThanOrEqual(8);
  });
});

describe('digests that slipped by one', () => {
  const bodies = [1, 2, 3, 4].map(bodyOf);
  const digests = bodies.map((body) => sign(body, SECRET));

  it.each([
    ['down', -1],
    ['up', 1],
  ])('%s are told for every entry', (_, shift) => {
    const next = createDiagnoser(OPTIONS);
    const causes = bodies.slice(1, -1).map((body, at) => {
      const neighbours = [neighbour('previous', at, shift), neighbour('next', at + 2, shift)];
      const digest = digests[at + 1 + shift] ?? '';
      return next({ body, digest, neighbours }).cause?.id;
    });
    expect(causes).toEqual(['digest/another-entry', 'digest/another-entry']);
  });

  it('are not told where a neighbour is the same body delivered again', () => {
    const body = bodyOf(1);
    const digest = sign(body, SECRET);
    const neighbours = [{ position: 'previous', body, digest }] as const;
    expect(diagnose({ body, digest: NOWHERE, neighbours }, OPTIONS).cause).toBeUndefined();
  });

  function neighbour(position: 'previous' | 'next', at: number, shift: number) {
    return { position, body: bodies[at] ?? Buffer.alloc(0), digest: digests[at + shift] };
  }
});

it('never shows a secret', () => {
  const body = bodyOf(1);
  const token = Secret.fromText('token-9f2c');
  const options = { secrets: [SECRET, Secret.fromText('second-71aa')], alsoSecrets: [token] };
  for (const used of ['kHw3Zq9TnB1x\n', 'second-71aa', 'token-9f2c', 'KHW3ZQ9TNB1X']) {
    const found = diagnose({ body, digest: sign(body, Secret.fromText(used)) }, options);
    expect(found.cause?.id).toMatch(/^secret\//);
    expect(JSON.stringify(found)).not.toMatch(/kHw3Zq9TnB1x|second-71aa|token-9f2c/i);
  }
});

function bodyOf(number: number): Buffer {
  return Buffer.from(`{"type":"PAYMENT","id":"PMT-${number}","status":"SUCCESS","amount":"10"}`);
}

function withEnd(body: Buffer, end: string): Buffer {
  return Buffer.concat([body, Buffer.from(end)]);
}

/** As json.dumps lays it out; the body has neither commas nor colons in its text. */
function python(body: Buffer): Buffer {
  return Buffer.from(body.toString().replaceAll(',', ', ').replaceAll(':', ': '));
}
