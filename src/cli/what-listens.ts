import { EXIT } from '../report/exit-code.js';
import { reachOf } from '../settings/reach.js';
import { widthOf } from './format.js';
import type { TargetFlags } from './options.js';
import type { World } from './world.js';

const LOOPBACK = /^(localhost|127\.0\.0\.1|\[::1\])$/;

/**
 * Says what listens, where a command could not tell because nothing listened on the target. Returns the
 * exit code of the command.
 */
export async function withWhatListens(
  command: Promise<number>,
  url: string | undefined,
  flags: Pick<TargetFlags, 'allowRemote' | 'insecure'>,
  world: World,
): Promise<number> {
  const exitCode = await command;
  if (exitCode === EXIT.couldNotTell && url !== undefined) {
    await world.stderr.write(await whatListensAt(url, flags, world));
  }
  return exitCode;
}

/** A line about what listens instead of the target; empty where nothing is to be said. */
export async function whatListensAt(
  url: string,
  flags: Pick<TargetFlags, 'allowRemote' | 'insecure'>,
  world: Pick<World, 'parseTarget' | 'takesConnections' | 'listeningPorts' | 'stderr'>,
): Promise<string> {
  const { url: full } = await world.parseTarget(url);
  const { hostname: host, port, protocol } = new URL(full);
  if (!LOOPBACK.test(host) || (await world.takesConnections(url, reachOf(flags)))) return '';
  const usual = protocol === 'https:' ? 443 : 80;
  const { LIKELY_PORTS } = await import('../project/choose-port.js');
  const { whatListensText } = await import('../report/what-listens.js');
  const place = { host, port: port === '' ? usual : Number(port) };
  const listening = await world.listeningPorts([place.port, ...LIKELY_PORTS]);
  return whatListensText(place, listening, widthOf(world.stderr));
}
