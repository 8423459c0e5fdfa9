import { expect, test } from 'vitest';
import { inqudHook } from '../world.js';

async function events(...argv: readonly string[]): Promise<string> {
  const { exitCode, stdout, stderr } = await inqudHook(['events', ...argv]);
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  return stdout;
}

test('events lists all 45 sample events by kind, and how sure each is', async () => {
  const text = await events();
  expect(text.match(/^ {2}[a-z-]+\.[a-z-]+ /gm)).toHaveLength(45);
  expect(text).toContain(
    'Crypto-widget checkout (shape: partly documented)\n' +
      '  checkout.new                      initial       documented\n',
  );
});

test('a kind lists its events alone', async () => {
  expect(await events('authorization')).toBe(
    'Recurring authorization (shape: partly documented)\n' +
      '  authorization.granted             initial       documented\n' +
      '  authorization.revoked-by-merchant final         documented\n',
  );
});

test('an event is shown with how sure its shape is, within 80 columns', async () => {
  const text = await events('checkout.success');
  const [head = ''] = text.split('\n\n');
  expect(head).toMatch(
    /^checkout\.success {2}SUCCESS, final\nshape {3}partly documented:\n {8}https:\/\/docs/,
  );
  for (const line of head.split('\n')) expect(line.length).toBeLessThanOrEqual(80);
  expect(JSON.parse(text.slice(head.length))).toMatchObject({ status: 'SUCCESS' });
});

test('the spelling of an event does not matter', async () => {
  expect(await events('CHECKOUT.REQUEST_CREATED')).toBe(await events('checkout.request-created'));
});

test('--format json is one document, of the list or of one event', async () => {
  const list = JSON.parse(await events('--format', 'json'));
  expect(list).toMatchObject({ schemaVersion: 1, events: expect.any(Array) });
  expect(list.events).toHaveLength(45);
  expect(JSON.parse(await events('payment.new', '--format', 'json'))).toMatchObject({
    schemaVersion: 1,
    event: 'payment.new',
    kind: 'payment',
    status: 'NEW',
    class: 'initial',
    shape: { confidence: 'partly-documented' },
    sample: expect.stringContaining('"status": "NEW"'),
  });
});

test('--format ndjson is an event a line', async () => {
  const lines = (await events('--format', 'ndjson')).trimEnd().split('\n');
  expect(lines.map((line) => JSON.parse(line))).toHaveLength(45);
});
