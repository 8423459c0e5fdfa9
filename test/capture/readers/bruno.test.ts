import { describe, expect, it } from 'vitest';
import { read } from '../fixtures.js';

const request = (body: string, headers = '  X-Payload-Digest: d1') => `meta {
  name: paid
  type: http
  seq: 1
}

post {
  url: {{base}}/h?a=b
  body: ${body.startsWith('body:') ? (/^body:(\S+)/.exec(body)?.[1] ?? '') : 'none'}
  auth: none
}

headers {
${headers}
  ~X-Payload-Digest: off
  "X-Quoted \\"name\\"": a: b
}

${body}

vars:pre-request {
  base: http://localhost:3000
  id: PMT-1
}

script:pre-request {
  if (true) {
    bru.setVar("x", "y");
  }
}
`;

async function parsed(text: string) {
  const [entry, ...others] = await read(text);
  expect(others).toEqual([]);
  if (entry?.kind !== 'capture') return entry?.reason;
  const { method, path, headers, body } = entry.record;
  return [method, path, headers, Buffer.from(body).toString()];
}

const HEADERS = [
  ['X-Payload-Digest', 'd1'],
  ['X-Quoted "name"', 'a: b'],
];

describe('a request of Bruno', () => {
  it.each([
    [
      'JSON, whose indent is its own',
      'body:json {\n  {\n    "id": "é",\n  \n    "a": 1\n  }\n}',
      '{\n  "id": "é",\n\n  "a": 1\n}',
    ],
    ['text with a variable', 'body:text {\n  {"id":"{{id}}"}\n}', '{"id":"PMT-1"}'],
    ['none', '', ''],
  ])('has a body of %s', async (_, body, text) => {
    const found = ['POST', '/h?a=b', HEADERS, text];
    expect(await parsed(request(body))).toEqual(found);
    expect(await parsed(`\ufeff${request(body).replaceAll('\n', '\r\n')}`)).toEqual(found);
  });

  it.each([
    [request('body:json {\n  {{x}}\n}'), 'The body holds {{x}}, which this file does not set.'],
    [
      request('', '  X-Payload-Digest: {{digest}}'),
      'The digest holds {{digest}}, which this file does not set.',
    ],
    [
      request('body:multipart-form {\n  a: b\n}'),
      'Bruno makes the body when it sends it (a form or a file); it is not kept here.',
    ],
  ])('is malformed where its bytes are not in it (%#)', async (text, reason) => {
    expect(await parsed(text)).toBe(reason);
  });
});
