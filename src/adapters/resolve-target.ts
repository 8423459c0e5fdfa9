import { lookup } from 'node:dns/promises';
import { BlockList } from 'node:net';
import { networkInterfaces } from 'node:os';
import { HookError } from '../errors.js';
import type { Target } from './target.js';

export interface Address {
  readonly address: string;
  readonly family: 4 | 6;
}

/** A target with the only addresses that are ever connected to, in the order they are tried. */
export interface ResolvedTarget extends Target {
  readonly addresses: readonly Address[];
}

export interface ResolveOptions {
  /** Allows addresses other than this machine's own loopback. */
  readonly allowRemote?: boolean | undefined;
}

const LOCALHOST: readonly Address[] = [
  { address: '127.0.0.1', family: 4 },
  { address: '::1', family: 6 },
];

const loopback = new BlockList();
loopback.addSubnet('127.0.0.0', 8, 'ipv4');
loopback.addAddress('::1', 'ipv6');

/**
 * Looks the host up, once: a later answer of the name server cannot move the target elsewhere.
 * @throws HookError `bad-url` for a host that does not resolve, and `remote-target` if any of its
 * addresses is not loopback (127.0.0.0/8, ::1) and `allowRemote` is not set.
 */
export async function resolveTarget(
  target: Target,
  { allowRemote }: ResolveOptions = {},
): Promise<ResolvedTarget> {
  const addresses = await addressesOf(target.hostname);
  const remote = addresses.find((address) => !isLoopback(address));
  if (remote !== undefined && !allowRemote) throw remoteTarget(target.hostname, remote.address);
  return { ...target, addresses };
}

/**
 * localhost means both loopbacks whatever the hosts file says, so a receiver on either is found. So do
 * the names below it, which no name server need know (RFC 6761, section 6.3).
 */
async function addressesOf(hostname: string): Promise<readonly Address[]> {
  if (hostname.endsWith('.localhost')) return LOCALHOST;
  const found = await lookUp(hostname);
  if (hostname !== 'localhost') return found;
  return [
    ...found,
    ...LOCALHOST.filter(({ address }) => !found.some((a) => a.address === address)),
  ];
}

async function lookUp(hostname: string): Promise<readonly Address[]> {
  try {
    const found = await lookup(hostname, { all: true, verbatim: true });
    return found.map(({ address, family }) => ({
      address,
      family: family === 6 ? 6 : 4,
    }));
  } catch {
    if (hostname === 'localhost') return LOCALHOST;
    throw new HookError(
      'bad-url',
      `${hostname} does not resolve.`,
      'Check the host name, or type an address.',
    );
  }
}

export function isLoopback({ address, family }: Address): boolean {
  return loopback.check(address, family === 6 ? 'ipv6' : 'ipv4');
}

function remoteTarget(hostname: string, address: string): HookError {
  const where = hostname === address ? address : `${hostname} (${address})`;
  if (isOfThisMachine(address)) {
    return new HookError(
      'remote-target',
      `${where} is an address of this machine, but no loopback address.`,
      'Type localhost, or add --allow-remote if the receiver listens on that address alone.',
    );
  }
  return new HookError(
    'remote-target',
    `${where} is not on this machine.`,
    'Add --allow-remote if the receiver there is yours.',
  );
}

function isOfThisMachine(address: string): boolean {
  const own = Object.values(networkInterfaces()).flatMap((addresses) => addresses ?? []);
  return own.some((one) => one.address === address);
}
