import { describe, expect, it } from 'vitest';
import { failed, verdicts, wayOf } from '../../../proving-ground/ways-judged.js';
import { digestOf } from '../../../receivers/shop/digest.js';
import { SECRET } from '../../shop.js';
import { toldOfShop } from '../../told.js';

const RAW_BYTES = 'signature/raw-bytes';

describe('a digest that is checked over the bytes that came', () => {
  it('is right, however the JSON is written', async () => {
    expect(await toldOfShop(RAW_BYTES)).toMatchObject({
      status: 'pass',
      evidence:
        'Accepted: spacing, key-order, escapes, number-forms, trailing-newline, non-ascii, duplicate-keys.',
    });
  });

  it('is right where a field that no schema has is refused: some forms come in one', async () => {
    const told = await toldOfShop(RAW_BYTES, {
      before: ({ text }) => (text.includes('inqudHookNote') ? { status: 422 } : undefined),
    });
    expect(told).toMatchObject({
      status: 'pass',
      evidence: 'Accepted: spacing, key-order, escapes, number-forms, trailing-newline.',
    });
  });

  it('is right where a body is refused in another way than a wrong digest', async () => {
    const told = await toldOfShop(RAW_BYTES, {
      before: ({ text }) => (text.endsWith('\n') ? { status: 400 } : undefined),
    });
    expect(told.status).toBe('pass');
    expect(told.evidence).toContain(
      'Refused, and not as a wrong digest is: trailing-newline (answered 400).',
    );
  });

  it('is right where a final status is refused before the others came', async () => {
    const told = await toldOfShop(RAW_BYTES, {
      before: ({ event, order }) =>
        event?.status === 'SUCCESS' && order === undefined ? { status: 401 } : undefined,
    });
    expect(told.status).toBe('pass');
  });

  it('cannot be told where a limit is met', async () => {
    const told = await toldOfShop(RAW_BYTES, {
      before: ({ text }) => (text.endsWith('\n') ? { status: 429 } : undefined),
    });
    expect(told.status).toBe('inconclusive');
  });
});

describe('a digest that is checked over other bytes than came', () => {
  it('names the forms that are refused, and those alone', async () => {
    const told = await toldOfShop(RAW_BYTES, {
      accepts: ([digest], _, { body }) => digest === digestOf(trimmed(body), SECRET),
    });
    expect(told).toMatchObject({
      status: 'fail',
      severity: 'must',
      evidence:
        'Genuine web hooks are refused when their JSON is written otherwise: trailing-newline (answered 401).',
    });
  });

  it('is told where letters beyond ASCII break it, however they come', async () => {
    const told = await toldOfShop(RAW_BYTES, {
      before: ({ text }) => (/\P{ASCII}/u.test(text) ? { status: 500 } : undefined),
    });
    expect(told).toMatchObject({
      status: 'fail',
      severity: 'must',
      evidence: 'A genuine web hook with letters beyond ASCII is not taken (answered 500).',
    });
  });

  it('is named where JSON is written anew, and what follows from it is said to', async () => {
    const found = await verdicts('', wayOf('digest', 'is that of the JSON written anew'));
    const others = failed(found).filter(
      (id) => id !== RAW_BYTES && !id.endsWith('sent-twice-refused'),
    );
    expect(found.get(RAW_BYTES)?.verdict.evidence).toContain('spacing (answered 401)');
    expect(others).toEqual(['payload/amount-precision']);
    expect(found.get('payload/amount-precision')).toMatchObject({
      followsFrom: RAW_BYTES,
      verdict: { evidence: expect.stringContaining('is answered 401') },
    });
    expect(found.get('idempotency/same-status-other-bytes')?.verdict.status).toBe('skipped');
  });

  it('is named where pieces are decoded one by one', async () => {
    const found = await verdicts(
      'signature/',
      wayOf('digest', 'is that of pieces decoded one by one'),
    );
    expect(failed(found)).toEqual([RAW_BYTES]);
    expect(found.get(RAW_BYTES)?.verdict.evidence).toContain('in two pieces');
  });
});

function trimmed(body: Uint8Array): Uint8Array {
  return Buffer.from(Buffer.from(body).toString().trim());
}
