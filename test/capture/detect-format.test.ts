import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { detectFormat, isGzip } from '../../src/capture/detect-format.js';
import { fixture } from './fixtures.js';

const bytes = (text: string) => Buffer.from(text, 'utf8');

describe('detecting a format', () => {
  it.each([
    ['captures.ndjson', 'ndjson'],
    ['proxy.http', 'http'],
    ['netcat.http', 'http'],
    ['browser.har', 'har'],
    ['replay.sh', 'curl'],
    ['api-gateway-v1.json', 'aws'],
    ['api-gateway-v2.json', 'aws'],
    ['load-balancer.json', 'aws'],
    ['lambda.log', 'aws'],
    ['ngrok.json', 'ngrok'],
    ['webhook-site.json', 'webhook-site'],
    ['webhook-site.csv', 'webhook-site'],
    ['application.jsonl', 'json-lines'],
    ['checkout-success.json', 'raw'],
  ])('knows %s by its content', (name, format) => {
    expect(detectFormat(fixture(name))).toBe(format);
  });

  it.each([
    ['an empty file', '', 'raw'],
    ['a pretty-printed body', '{\n  "id": "PMT-1",\n  "status": "SUCCESS"\n}\n', 'raw'],
    ['a body with a trailing newline', '{"id":"PMT-1"}\n', 'raw'],
    ['lines of JSON', '{"id":"PMT-1"}\n{"id":"PMT-2"}\n', 'json-lines'],
    [
      'a body that mentions a format inside its text',
      '{"a":"{\\"log\\":{\\"entries\\":[]}}"}',
      'raw',
    ],
    ['text with commas', 'content is king, they say\n', 'raw'],
    ['a form body', 'payload=%7B%22id%22%3A1%7D', 'raw'],
    [
      'captures behind a torn first line',
      'dy":"x"}\n{"kind":"capture","schemaVersion":1}\n',
      'ndjson',
    ],
    ['captures behind a byte order mark', '\ufeff{"kind":"capture","schemaVersion":1}\n', 'ndjson'],
    ['a response before the request', 'HTTP/1.1 200 OK\r\n\r\nPOST / HTTP/1.1\r\n\r\n', 'http'],
    ['blank lines before a request', '\r\n\r\nPOST / HTTP/1.1\r\n\r\n', 'http'],
    ['a pasted prompt', '$ curl http://127.0.0.1:3000 -d x', 'curl'],
    [
      'an event inside a log record',
      '{"level":"info","event":{"requestContext":{},"httpMethod":"POST"}}',
      'aws',
    ],
    ['exported log events', '{"events":[{"message":"START","ingestionTime":1}]}', 'aws'],
    [
      'one request of ngrok',
      '{"uri":"/x","id":"1","tunnel_name":"t","request":{"raw":""}}',
      'ngrok',
    ],
    ['one request of webhook.site', '{"uuid":"1","token_id":"2","content":""}', 'webhook-site'],
  ])('takes %s for %s', (_, content, format) => {
    expect(detectFormat(bytes(content))).toBe(format);
  });

  it('lets the name of the file decide about a single JSON line', () => {
    expect(detectFormat(bytes('{"body":"x"}\n'), 'app.jsonl')).toBe('json-lines');
    expect(detectFormat(bytes('{"body":"x"}\n'), 'app.json')).toBe('raw');
  });

  it('knows gzip by its first bytes', () => {
    expect(isGzip(gzipSync('x'))).toBe(true);
    expect(isGzip(bytes('{}'))).toBe(false);
    expect(isGzip(Buffer.of(0x1f))).toBe(false);
  });
});
