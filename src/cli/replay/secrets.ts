import { HookError } from '../../errors.js';
import type { Secret } from '../../webhook/secret.js';
import { namedSecrets, noSecret, readSecrets, warnOfShownSecret } from '../secrets.js';
import type { World } from '../world.js';
import type { ReplayFlags } from './flags.js';

export interface ReplaySecrets {
  /** What captured digests are checked against. */
  readonly checking: readonly Secret[];
  /** What every request is signed with anew, if any. */
  readonly signing: Secret | undefined;
}

/**
 * The secrets a replay needs.
 * @throws HookError `missing-secret` when a verdict or a signature is asked for without one
 */
export async function replaySecrets(
  flags: ReplayFlags,
  needs: { readonly verdict: boolean },
  world: World,
): Promise<ReplaySecrets> {
  await warnOfShownSecret(flags, world);
  const checking = await readSecrets(flags, world);
  if (needs.verdict && checking.length === 0) throw noSecret();
  return { checking, signing: await signingSecret(flags, checking, world) };
}

async function signingSecret(
  { resign, resignEnv, resignFile, freshIds }: ReplayFlags,
  checking: readonly Secret[],
  world: World,
): Promise<Secret | undefined> {
  // Unlike other secrets, this one never comes from the default variable.
  const flags = {
    secretEnv: resignEnv === undefined ? undefined : [resignEnv],
    secretFile: resignFile === undefined ? undefined : [resignFile],
  };
  const named = await namedSecrets(flags, world);
  if (named.length === 0 && resign !== true && freshIds !== true) return undefined;
  const [secret, ...more] = named.length === 0 ? checking : named;
  if (secret === undefined) throw noSecret();
  if (more.length === 0) return secret;
  throw new HookError(
    'bad-flag',
    'A replay signs with one secret, and several are given.',
    'Name the one to sign with by --resign-env or --resign-file.',
  );
}
