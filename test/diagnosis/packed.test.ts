import { deflateSync, gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { diagnose } from '../../src/diagnosis/diagnose.js';
import { sign } from '../../src/webhook/digest.js';
import { Secret } from '../../src/webhook/secret.js';

const SECRET = Secret.fromText('kHw3Zq9TnB1x');
const OPTIONS = { secrets: [SECRET] };
const BODY = Buffer.from('{"id":"PMT-1","note":"\u00e9"}');
const DIGEST = sign(BODY, SECRET);

describe('a packed body', () => {
  it('is explained together with another mistake', () => {
    const inBase64 = Buffer.from(gzipSync(BODY).toString('base64'));
    const found = diagnose({ body: inBase64, digest: DIGEST.toUpperCase() }, OPTIONS);
    expect(found.cause).toBeUndefined();
    expect(diagnose({ body: inBase64, digest: DIGEST }, OPTIONS).cause?.id).toBe(
      'capture/base64+capture/packed',
    );
  });

  it('is unpacked so far only, so that a small one cannot take all memory', () => {
    for (const pack of [gzipSync, deflateSync]) {
      const bomb = pack(Buffer.alloc(96 * 1024 * 1024));
      const before = process.memoryUsage().arrayBuffers;
      const { cause, suspicion } = diagnose({ body: bomb, digest: DIGEST }, OPTIONS);
      expect([cause, suspicion?.id]).toEqual([undefined, 'capture/still-packed']);
      expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(48 * 1024 * 1024);
    }
  });

  it('that is damaged is no more than suspected', () => {
    const damaged = gzipSync(BODY).subarray(0, 20);
    expect(diagnose({ body: damaged, digest: DIGEST }, OPTIONS)).toMatchObject({
      cause: undefined,
      suspicion: { id: 'capture/still-packed' },
    });
  });
});

it('bytes that are not UTF-8 are not said to hold what stands for lost ones', () => {
  const latin1 = Buffer.from('{"note":"\u00e9","b":1}', 'latin1');
  const { suspicion } = diagnose({ body: latin1, digest: DIGEST }, OPTIONS);
  expect(suspicion?.id).toBe('capture/not-utf8');
  const lost = Buffer.from('{"note":"\ufffd","b":1}');
  expect(diagnose({ body: lost, digest: DIGEST }, OPTIONS).suspicion?.id).toBe(
    'capture/characters-lost',
  );
});
