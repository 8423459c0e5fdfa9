import { describe, expect, test } from 'vitest';
import { type MemoryAnswer, MemoryServer } from '../memory-server.js';
import { inqudHook } from '../world.js';

interface Shop {
  /** Whether a web hook, the n-th of those that come, is kept. */
  readonly keeps?: (number: number, status: string) => boolean;
  /** When it shows, in milliseconds after its answer. */
  readonly workMs?: number;
  /** What the state of a resource says. */
  readonly shows?: (status: string | undefined) => MemoryAnswer;
}

const PLAIN = (status: string | undefined): MemoryAnswer =>
  status === undefined ? { status: 404 } : { status: 200, body: JSON.stringify({ status }) };

/** A shop that knows the last status of each order. */
function shop({ keeps = () => true, workMs = 0, shows = PLAIN }: Shop): MemoryServer {
  const orders = new Map<string, string>();
  let number = 0;
  const server = new MemoryServer(({ method, path, body }) => {
    if (method === 'GET') return shows(orders.get(path.split('/').at(-1) ?? ''));
    const { id, status } = JSON.parse(new TextDecoder().decode(body));
    number += 1;
    if (keeps(number, status)) {
      void server.clock.sleep(workMs).then(() => orders.set(id, status));
    }
    return { status: 200 };
  });
  return server;
}

/** Web hooks that come before this one are those of first lives. */
const FIRST = 200;

async function burst(server: MemoryServer, ...flags: readonly string[]) {
  const argv = ['burst', server.url, '--rate', '100/s', '--for', '3s', '--seed', '7'];
  const state = ['--state-url', `${server.url}/orders/{id}`, '--lifecycle', 'payment'];
  const { exitCode, stdout } = await inqudHook([...argv, ...state, ...flags], {
    env: { INQUD_HOOK_SECRET: 'whsec' },
    outside: server.outside,
  });
  return { exitCode, stdout };
}

describe('after a load the state of each resource is', () => {
  test('as it should be', async () => {
    const { exitCode, stdout } = await burst(shop({}));
    expect(stdout).toContain(
      'states         100 read of 100 acknowledged resources: all as they should be\n',
    );
    expect(exitCode).toBe(0);
  });

  test('waited for, where the receiver works later', async () => {
    const { exitCode } = await burst(shop({ workMs: 700 }));
    expect(exitCode).toBe(0);
  });

  test('lost, where the receiver acknowledged what it did not keep', async () => {
    const lost = new Set<string>();
    const server = shop({ keeps: (number) => number < FIRST || number % 90 >= 3 });
    const { exitCode, stdout } = await burst(server, '--format', 'json');
    expect(exitCode).toBe(1);
    const { summary } = JSON.parse(stdout);
    for (const { resource } of summary.states.wrong) lost.add(resource);
    expect(summary).toMatchObject({ sent: 300, delivered: 300 });
    expect(summary.states.lost + summary.states.otherwise).toBe(lost.size);
    expect(lost.size).toBeGreaterThan(0);
    for (const id of lost) expect(id).toMatch(/^PMT-/);
  });

  test('said with its id, and what it says instead', async () => {
    const server = shop({ keeps: (number, status) => number < FIRST || status !== 'SUCCESS' });
    const { exitCode, stdout } = await burst(server);
    expect(exitCode).toBe(1);
    expect(stdout).toContain('✗ All 300 web hooks acknowledged, 100/s for 3s, but of 100');
    expect(stdout).toMatch(/otherwise: payment PMT-[-\w]+: status is\n? +"PENDING", not "SUCCESS"/);
    expect(stdout).toContain('… and 95 more');
    expect(stdout).toContain('! Inqud never sends again what was answered 200');
  });

  test('no verdict, where states tell nothing', async () => {
    const { exitCode, stdout } = await burst(
      shop({ shows: () => ({ status: 200, body: '{"name":"shop"}' }) }),
    );
    expect(exitCode).toBe(3);
    expect(stdout).toContain('but no state told anything of\n  them.');
    expect(stdout).toContain('! The states tell nothing of a payment');
  });
});

test('a life of the user’s own is held against one of its own', async () => {
  const { exitCode, stdout } = await burst(shop({}), '--lifecycle', 'checkout:expired');
  expect(exitCode).toBe(0);
  expect(stdout).toContain('all as they should be');
});

test('without a secret states cannot be learned, and that is said', async () => {
  const server = shop({});
  const { exitCode, stderr } = await inqudHook(
    ['burst', server.url, '--state-url', `${server.url}/orders/{id}`],
    { outside: server.outside },
  );
  expect({ exitCode, stderr }).toMatchObject({
    exitCode: 2,
    stderr: expect.stringContaining('No secret in $INQUD_HOOK_SECRET'),
  });
});

test('what only changes how states are read does nothing without them', async () => {
  const { exitCode, stderr } = await inqudHook(['burst', '3000', '--state-ignore', 'updatedAt']);
  expect(exitCode).toBe(2);
  expect(stderr).toContain('--state-ignore does nothing without --state-url <template>.');
});
