import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { freePort } from '../free-port.js';
import { MemoryServer, type Outside } from '../memory-server.js';
import { listenRaw } from '../receivers/raw-server.js';
import { inqudHook } from '../world.js';
import { type Moment, openShop, SECRET, type ShopOptions } from './shop.js';

/** A check waits for receivers to settle, and machines can be busy. */
vi.setConfig({ testTimeout: 90_000 });

const env = { INQUD_HOOK_SECRET: SECRET };

/** What it speaks is plain HTTP, and it never says anything. */
async function silent(): Promise<string> {
  const server = createServer(() => {});
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const address: AddressInfo | string | null = server.address();
  return `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}/hooks`;
}

async function verdictOn(
  url: string,
  flags: readonly string[] = ['--black-box'],
  outside?: Outside,
) {
  const words = ['check', url, '--seed', '1', '--runs', '5', ...flags];
  const ran = await inqudHook(words, { env, ...(outside && { outside }) });
  return { ...ran, text: ran.stdout.replace(/\s+/g, ' ') };
}

describe('a receiver that takes nothing gets one diagnosis:', () => {
  test.each([
    [404, '{"error":"unknown order"}', '--prepare makes the order'],
    [422, '{"error":"no such order"}', '--prepare makes the order'],
    [401, 'bad signature', 'Compute HMAC-SHA1'],
    [405, 'POST not allowed', 'Check the path of the URL'],
    [500, '<h1>Boom</h1>', 'Look into the log of the receiver'],
  ])('%i', async (status, body, fix) => {
    const { url, outside } = new MemoryServer(() => ({ status, body }));
    const { exitCode, text } = await verdictOn(url, undefined, outside);
    expect(exitCode).toBe(1);
    expect(text).toContain(`It said: ${body}`);
    expect(text).toContain(`Fix: `);
    expect(text).toContain(fix);
    expect(text.match(/could not tell/g)).toHaveLength(1);
    expect(text).toContain('This receiver is not ready for Inqud.');
  });

  test('a redirect, with where it leads', async () => {
    const headers = [['Location', '/elsewhere']] as const;
    const { url, outside } = new MemoryServer(() => ({ status: 302, headers }));
    const { exitCode, text } = await verdictOn(url, undefined, outside);
    expect(exitCode).toBe(1);
    expect(text).toContain('It said: Location: /elsewhere');
    expect(text).toContain('Inqud follows none');
  });

  test('nobody there', async () => {
    const port = await freePort();
    const { exitCode, text } = await verdictOn(`http://127.0.0.1:${port}/`);
    expect(exitCode).toBe(3);
    expect(text).toContain(`Nothing listens on 127.0.0.1:${port}.`);
    expect(text).toContain('? The receiver cannot be reached.');
    expect(text).toContain(' 0 passed, 0 failed,');
  });

  test('a certificate of its own, TLS asked without it, and the other way round', async () => {
    const tls = await listenRaw({ speaksTls: true });
    const plain = await listenRaw({});
    onTestFinished(async () => {
      await tls.close();
      await plain.close();
    });
    const selfSigned = await verdictOn(`https://127.0.0.1:${tls.port}/`);
    expect(selfSigned.text).toContain('(--insecure accepts it)');
    const httpToTls = await verdictOn(`http://127.0.0.1:${tls.port}/`);
    expect(httpToTls.text).toContain('its URL starts with https://');
    const tlsToHttp = await verdictOn(await silent().then((url) => url.replace('http:', 'https:')));
    expect(tlsToHttp.text).toContain('its URL starts with http://');
    expect([selfSigned, httpToTls, tlsToHttp].map(({ exitCode }) => exitCode)).toEqual([1, 1, 1]);
  });
});

test('204 fails one rule, and everything else is judged as if it had been 200', async () => {
  const right = openShop();
  const shop = openShop({ status: 204 });
  const resultsOf = async ({ url, stateUrl, outside }: typeof shop) => {
    const flags = ['--state-url', stateUrl, '--kind', 'checkout', '--format', 'json'];
    const words = [...flags, '--linger', '0s', '--runs', '0'];
    const { stdout } = await verdictOn(url, words, outside);
    const { results } = JSON.parse(stdout);
    return new Map<string, string>(
      results.map(({ id, status }: { id: string; status: string }) => [id, status]),
    );
  };
  const expected = await resultsOf(right);
  expect(expected.get('acknowledgement/exactly-200')).toBe('pass');
  expected.set('acknowledgement/exactly-200', 'fail');
  expect(await resultsOf(shop)).toEqual(expected);
});

describe('a state that tells nothing is shown as it was answered:', () => {
  const ANSWERS: readonly (readonly [string, ShopOptions, RegExp, RegExp])[] = [
    ['a path that is not there', { view: () => undefined }, /answered 404/, /Check the path/],
    [
      'a page',
      { instead: () => '<!doctype html><p>Shop</p>' },
      /answered 200: Shop/,
      /page of HTML/,
    ],
    ['an empty object', { instead: () => ({}) }, /answered 200: \{\}/, /say the status/],
    [
      'the same for all',
      { instead: () => ({ ok: true }) },
      /\{"ok":true\}/,
      /show what a web hook/,
    ],
  ];

  test.each(ANSWERS)('%s', async (_, options, came, hint) => {
    const shop = openShop(options);
    const words = ['--state-url', shop.stateUrl, '--kind', 'checkout'];
    const rules = ['--rules', 'ordering/any-order'];
    const { exitCode, text } = await verdictOn(shop.url, [...words, ...rules], shop.outside);
    expect(exitCode).toBe(3);
    expect(text).toMatch(/GET http:\/\/127\.0\.0\.1:\d+\/\w+\/CCO-/);
    expect(text).toMatch(came);
    expect(text).toMatch(hint);
  });

  test('a place in the URL that there is not', async () => {
    const { exitCode, stderr } = await verdictOn('3000', ['--state-url', '3000/orders/{orderId}']);
    expect(exitCode).toBe(2);
    expect(stderr).toContain('--state-url has no {orderId} to fill in.');
    expect(stderr).toContain('{clientOrderId}, {id}, {referenceId}, {kind}');
  });
});

test.each([4, 12, 29, 35, 40])(
  'a success that was never answered is not said to leave the state as it was: %i are',
  async (most) => {
    let came = 0;
    const before = ({ isGenuine }: Moment) => {
      came += isGenuine ? 1 : 0;
      return came > most ? 'silence' : undefined;
    };
    const { url, stateUrl, outside } = openShop({ before });
    const flags = ['--state-url', stateUrl, '--kind', 'checkout', '--linger', '0s'];
    const { text } = await verdictOn(url, [...flags, '--rules', 'payload/success-shows'], outside);
    expect(text).toContain('checkout (web hooks that would have told were not answered)');
  },
);
