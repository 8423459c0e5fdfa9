import { networkInterfaces } from 'node:os';
import { describe, expect, test } from 'vitest';
import { resolveTarget } from '../../src/adapters/resolve-target.js';
import { parseTarget } from '../../src/adapters/target.js';

describe('addresses of this machine are allowed:', () => {
  test.each([
    ['127.0.0.1:3000', [{ address: '127.0.0.1', family: 4 }]],
    ['127.8.9.10:3000', [{ address: '127.8.9.10', family: 4 }]],
    ['[::1]:3000', [{ address: '::1', family: 6 }]],
    ['[::ffff:127.0.0.1]:3000', [{ address: '::ffff:7f00:1', family: 6 }]],
  ])('%s', async (text, addresses) => {
    expect(await resolveTarget(parseTarget(text))).toMatchObject({ addresses });
  });
});

test('localhost means both loopbacks, whatever the hosts file says', async () => {
  const { addresses } = await resolveTarget(parseTarget('3000'));
  expect(addresses.map(({ address }) => address).sort()).toEqual(['127.0.0.1', '::1']);
});

test.each(['shop.localhost', 'a.b.localhost'])(
  '%s is this machine, whoever is asked',
  async (host) => {
    const { addresses } = await resolveTarget(parseTarget(`http://${host}:3000/`));
    expect(addresses.map(({ address }) => address)).toEqual(['127.0.0.1', '::1']);
  },
);

test('an address of this machine that is no loopback is called that', async () => {
  const own = Object.values(networkInterfaces())
    .flatMap((all) => all ?? [])
    .find(({ internal, family }) => !internal && family === 'IPv4');
  if (own === undefined) return;
  await expect(resolveTarget(parseTarget(`http://${own.address}:1/`))).rejects.toMatchObject({
    code: 'remote-target',
    message: `${own.address} is an address of this machine, but no loopback address.`,
  });
});

describe('any other address is refused without --allow-remote:', () => {
  test.each(['192.0.2.1', '10.0.0.1', '128.0.0.1', '[2001:db8::1]', '[::2]', '[::ffff:192.0.2.1]'])(
    '%s',
    async (host) => {
      const target = parseTarget(`http://${host}/`);
      await expect(resolveTarget(target)).rejects.toMatchObject({
        code: 'remote-target',
        message: `${target.hostname} is not on this machine.`,
        hint: 'Add --allow-remote if the receiver there is yours.',
      });
    },
  );
});

test('with --allow-remote any address will do', async () => {
  const target = await resolveTarget(parseTarget('192.0.2.1'), { allowRemote: true });
  expect(target.addresses).toEqual([{ address: '192.0.2.1', family: 4 }]);
});

test('a host that does not resolve is a bad URL', async () => {
  const tooLongToResolve = `${'a'.repeat(64)}.test`;
  await expect(resolveTarget(parseTarget(tooLongToResolve))).rejects.toMatchObject({
    code: 'bad-url',
    message: `${tooLongToResolve} does not resolve.`,
    hint: 'Check the host name, or type an address.',
  });
});
