import { describe, expect, test } from 'vitest';
import { parseTarget } from '../../src/adapters/target.js';

describe('a target can be written as', () => {
  test.each([
    ['http://localhost:3000/hook', 'http://localhost:3000', '/hook'],
    ['https://example.com', 'https://example.com', '/'],
    ['HTTPS://Example.COM:443/A', 'https://example.com', '/A'],
    ['http://example.com?a=1', 'http://example.com', '/?a=1'],
    ['3000', 'http://localhost:3000', '/'],
    ['3000/hook', 'http://localhost:3000', '/hook'],
    [':3000', 'http://localhost:3000', '/'],
    [':3000/path', 'http://localhost:3000', '/path'],
    ['localhost', 'http://localhost', '/'],
    ['localhost/hook', 'http://localhost', '/hook'],
    ['127.0.0.1:8080', 'http://127.0.0.1:8080', '/'],
    ['app.test:8080/a/b?c=d', 'http://app.test:8080', '/a/b?c=d'],
    ['[::1]:3000/x', 'http://[::1]:3000', '/x'],
    ['http://[0:0:0:0:0:0:0:1]/x', 'http://[::1]', '/x'],
  ])('%s', (text, origin, path) => {
    expect(parseTarget(text)).toMatchObject({ origin, path });
  });
});

test('a target knows its scheme, host and port', () => {
  expect(parseTarget('https://[::1]/x')).toEqual({
    protocol: 'https:',
    hostname: '::1',
    port: 443,
    path: '/x',
    origin: 'https://[::1]',
  });
  expect(parseTarget('localhost').port).toBe(80);
});

test.each([
  '/a/../b/./c',
  '//double//',
  '/%7Euser/%2F?q=%20&q=+&&=;x#'.slice(0, -1),
  "/it's/{a}|b?<>",
])('path and query go out exactly as given: %s', (path) => {
  expect(parseTarget(`http://localhost:3000${path}`).path).toBe(path);
});

describe('a target is refused with a sentence and a hint:', () => {
  test.each([
    ['', 'The URL names no host.'],
    ['/path', 'The URL names no host.'],
    [':', 'The URL names no host.'],
    ['http://', 'The URL names no host.'],
    ['http:///path', 'The URL names no host.'],
    ['http://:3000', 'The URL names no host.'],
    ['ftp://localhost', 'The URL starts with ftp://, and web hooks travel over http or https.'],
    ['http://user:pw@localhost/', 'The URL holds credentials, which Inqud does not send.'],
    ['user@localhost:3000', 'The URL holds credentials, which Inqud does not send.'],
    ['http://localhost/#top', 'The URL has a fragment, which is never sent.'],
    ['localhost#', 'The URL has a fragment, which is never sent.'],
    ['localhost:port', '"port" is no port: ports are 1 to 65535.'],
    ['localhost:', '"" is no port: ports are 1 to 65535.'],
    ['localhost:0', '"0" is no port: ports are 1 to 65535.'],
    ['65536', '"65536" is no port: ports are 1 to 65535.'],
    ['localhost:3000 ', '"3000 " is no port: ports are 1 to 65535.'],
    ['http:localhost', '"localhost" is no port: ports are 1 to 65535.'],
    ['http://3000/', '"3000" is no host name.'],
    ['two words', '"two words" is no host name.'],
    ['http://a\\b/', '"a\\\\b" is no host name.'],
    ['a%2eb', '"a%2eb" is no host name.'],
    ['[::1', '"[" is no host name.'],
    ['http://0.0.0.0:3000', '0.0.0.0 is an address to listen on, not one to send to.'],
    ['[::]:3000', ':: is an address to listen on, not one to send to.'],
    ['localhost/a b', 'The path holds a space or another character that a URL cannot hold.'],
    ['localhost/naïve', 'The path holds a space or another character that a URL cannot hold.'],
    ['localhost/a\nb', 'The path holds a space or another character that a URL cannot hold.'],
  ])('%j', (text, message) => {
    const hint = expect.any(String);
    expect(() => parseTarget(text)).toThrow(
      expect.objectContaining({ code: 'bad-url', message, hint }),
    );
  });
});

test('the hint for a path that must be encoded is that path, encoded', () => {
  expect(() => parseTarget('localhost/naïve path')).toThrow(
    expect.objectContaining({ hint: 'Percent-encode it: /na%C3%AFve%20path' }),
  );
});
