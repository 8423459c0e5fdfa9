import { REACH } from '../settings/reach.js';
import type { ValuesOf } from '../settings/setting.js';
import type { FlagSet, FlagsOf } from './flags.js';

/** The ways to name a secret. */
export const SECRET_FLAGS = {
  secretEnv: {
    flag: '--secret-env <name>',
    help: 'secret in this environment variable',
    type: 'texts',
  },
  secretFile: {
    flag: '--secret-file <path>',
    help: 'secret in this file (- for standard input)',
    type: 'texts',
  },
  secret: {
    flag: '--secret <value>',
    help: 'secret itself (process lists show it)',
    type: 'texts',
    config: false,
  },
} as const satisfies FlagSet;

/** How to reach the receiver. */
export const TARGET_FLAGS = {
  header: { flag: '-H, --header <name: value>', help: 'extra header, repeatable', type: 'texts' },
  forwardedFor: {
    flag: '--forwarded-for',
    help: "send Inqud's published source address in X-Forwarded-For",
    type: 'on',
  },
  waitFor: {
    flag: '--wait-for <duration>',
    help: 'wait until the target takes connections',
    type: 'duration',
  },
  ...REACH,
} as const satisfies FlagSet;

export type TargetFlags = FlagsOf<typeof TARGET_FLAGS>;

/** Where a user says the secrets are. Each flag can be given more than once where rotation makes sense. */
export type SecretFlags = ValuesOf<typeof SECRET_FLAGS>;
