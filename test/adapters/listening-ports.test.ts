import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { listeningPorts, portsIn } from '../../src/adapters/listening-ports.js';

/** Lines as Linux writes them, shortened behind what is read. */
const TABLES = `  sl  local_address rem_address   st tx_queue rx_queue
   0: 0100007F:0BB8 00000000:0000 0A 00000000:00000000
   1: 00000000:1F90 00000000:0000 0A 00000000:00000000
   2: 0100007F:0BB8 0100007F:9C40 01 00000000:00000000
   3: 0200A8C0:0FA0 00000000:0000 0A 00000000:00000000
  sl  local_address                         remote_address                        st
   0: 00000000000000000000000001000000:1388 00000000000000000000000000000000:0000 0A 00000000:00000000
   1: 00000000000000000000000000000000:1389 00000000000000000000000000000000:0000 0A 00000000:00000000
`;

test('the tables of Linux tell what listens on a loopback address, and nothing else counts', () => {
  expect(portsIn(TABLES)).toEqual([
    { port: 3000, on: ['127.0.0.1'] },
    { port: 5000, on: ['::1'] },
    { port: 5001, on: ['127.0.0.1', '::1'] },
    { port: 8080, on: ['127.0.0.1'] },
  ]);
});

test('a server that listens is found', async () => {
  const server = createServer().listen(0, '127.0.0.1');
  onTestFinished(() => void server.close());
  await new Promise((ready) => server.once('listening', ready));
  const { port } = server.address() as AddressInfo;
  const found = (await listeningPorts([port])).find((one) => one.port === port);
  expect(found?.on).toContain('127.0.0.1');
});
