import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import type { CaptureRecord } from '../../src/capture/record.js';
import { read } from '../capture/fixtures.js';
import { type Folder, inqudHook, newFolder } from '../world.js';

const HOPS = /^(?:host|content-length|connection|keep-alive|transfer-encoding|te|x-hop)$/i;

/** Records what comes while `act` goes on, and gives it back. */
async function recorded(
  folder: Folder,
  name: string,
  act: (port: number) => Promise<unknown>,
): Promise<readonly CaptureRecord[]> {
  const interruption = new AbortController();
  let acting: Promise<unknown> | undefined;
  await inqudHook(['listen', '0', '--out', folder.at(name), '--format', 'ndjson'], {
    signal: interruption.signal,
    onOutput: (line) => {
      acting ??= act(JSON.parse(line).port).finally(() => interruption.abort());
    },
  });
  await acting;
  const entries = await read(await folder.read(name));
  return entries.flatMap((entry) => (entry.kind === 'capture' ? [entry.record] : []));
}

/** What has to come through a replay as it was. */
function kept({ method, headers, body }: CaptureRecord) {
  return {
    method,
    headers: headers.filter(([name]) => !HOPS.test(name)),
    body: Buffer.from(body).toString('latin1'),
  };
}

async function post(port: number, head: string, body: Buffer): Promise<void> {
  const socket = connect(port, '127.0.0.1');
  const start = `POST /hooks/inqud?a=%20 HTTP/1.1\r\n${head}\r\nConnection: close, X-Hop\r\nX-Hop: 1\r\n\r\n`;
  socket.write(Buffer.concat([Buffer.from(start, 'latin1'), body]));
  await text(socket);
}

const withLength = (head: string, body: Buffer) =>
  [`Host: shop.example.com\r\n${head}\r\nContent-Length: ${body.length}`, body] as const;

test('listen, replay, listen again: the same bodies and headers, byte for byte', async () => {
  const folder = await newFolder();
  const bodies = [
    Buffer.from('{"id":"CCO-1","status":"NEW","amount":1.0,"name":"é ☕ \\/"}'),
    Buffer.from([0x00, 0xff, 0xfe, 0x0d, 0x0a, 0x22, 0x5c]),
    Buffer.from('{"a":1}\r\n\n'),
    Buffer.alloc(0),
    Buffer.from('\ufeff{}'),
    Buffer.from('x'.repeat(200_000)),
  ];
  const heads = [
    'X-Payload-Digest: 7e36242a10fd65cbaacd7ff288df9fd3f9e75a46\r\nCONTENT-type:application/json',
    'x-b: 2\r\nX-B: 1\r\nx-b: 3',
    'X-Caf: \xe9\xff',
    'X-Empty:',
    'X-Tab: a\tb   c',
    `X-Long: ${'v'.repeat(4_000)}`,
  ];
  const first = await recorded(folder, 'first.ndjson', async (port) => {
    for (const [index, body] of bodies.entries()) {
      await post(port, ...withLength(heads[index] ?? '', body));
    }
    const chunked = Buffer.from('5\r\nhello\r\n6\r\n world\r\n0\r\n\r\n');
    await post(port, 'Host: x\r\nX-Chunked: 1\r\nTransfer-Encoding: chunked', chunked);
  });
  expect(first).toHaveLength(7);
  const second = await recorded(folder, 'second.ndjson', async (port) => {
    const words = [folder.at('first.ndjson'), `${port}/hooks/inqud?a=%20`, '--concurrency', '1'];
    expect((await inqudHook(['replay', ...words])).exitCode).toBe(0);
  });
  expect(second.map(kept)).toEqual(first.map(kept));
  expect(second.map(({ path }) => path)).toEqual(first.map(({ path }) => path));
});
