import { describe, expect, test } from 'vitest';
import { adviceFor, refusalOf } from '../../src/conformance/refusal.js';
import type { Outcome } from '../../src/ports.js';

function answered(status: number, body: string): Outcome {
  const answer = { headers: [], body: Buffer.from(body), bodyCut: false };
  return { kind: 'responded', status, ms: 1, answer };
}

const STYLE = `<style type="text/css">html * { padding: 0 } h1 { color: red }</style>`;

describe('a page is told by what somebody reads of it', () => {
  test.each([
    [
      'Django, without csrf_exempt',
      403,
      `<!DOCTYPE html>\n<html lang="en"><head><meta name="robots" content="NONE"><title>403 Forbidden</title>${STYLE}</head><body><h1>Forbidden <span>(403)</span></h1><p>CSRF verification failed.</p>`,
      '403 Forbidden Forbidden (403) CSRF verification failed.',
    ],
    [
      'Express',
      404,
      '<!DOCTYPE html><html><head><title>Error</title></head><body><pre>Cannot POST /hook</pre></body></html>',
      'Error Cannot POST /hook',
    ],
    ['a page that is cut in a style', 502, '<html><title>502</title><style>h1 { col', '502'],
    ['a page that is cut in a tag', 502, '<html><title>502</title><body><h1 cla', '502'],
    [
      'a text that only speaks of tags',
      400,
      'expected <body>, got <a>',
      'expected <body>, got <a>',
    ],
  ])('%s', (_, status, body, said) => {
    expect(refusalOf(answered(status, body))).toMatchObject({ code: 'answer', said });
  });
});

describe('the CSRF protection of a framework is told from a wrong digest', () => {
  test.each([
    [
      'Django',
      403,
      '<html><h1>Forbidden (403)</h1><p>CSRF verification failed. Request aborted.</p>',
    ],
    ['Laravel', 419, '{"message":""}'],
    ['Rails', 422, '<html><h1>ActionController::InvalidAuthenticityToken</h1>'],
    ['Flask-WTF', 400, '<html><title>400 Bad Request</title><p>The CSRF token is missing.</p>'],
  ])('%s', (_, status, body) => {
    const outcome = answered(status, body);
    expect(refusalOf(outcome)).toMatchObject({ finding: { code: 'csrf-refused', status } });
    expect(adviceFor(outcome, false)).toEqual({ code: 'exempt-from-csrf' });
  });

  test.each([
    [401, 'CSRF'],
    [403, 'wrong digest'],
    [200, 'CSRF'],
    [500, 'CSRF'],
  ])('which %i with "%s" is not', (status, body) => {
    const { finding } = refusalOf(answered(status, body)) as { finding: { code: string } };
    expect(finding.code).not.toBe('csrf-refused');
  });
});
