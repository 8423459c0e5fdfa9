import { CAPTURE_FORMATS } from '../../capture/registry.js';
import type { FlagGroups, GroupedFlags } from '../flags.js';
import { FORMAT_FLAG, PAGE_FLAG } from '../format.js';
import { SECRET_FLAGS } from '../options.js';

export const VERIFY_FLAGS = {
  '': {
    digest: {
      flag: '--digest <hex>',
      help: 'the digest of the one body given, or the header as pasted',
      type: 'text',
    },
    from: {
      flag: '--from <format>',
      help: 'how the captures are written',
      type: 'choice',
      choices: CAPTURE_FORMATS,
    },
    bodyField: {
      flag: '--body-field <path>',
      help: 'in JSON log lines: where the body is, e.g. req.rawBody',
      type: 'text',
    },
    digestField: {
      flag: '--digest-field <path>',
      help: 'in JSON log lines: where the digest is',
      type: 'text',
    },
    allowUnsigned: {
      flag: '--allow-unsigned',
      help: 'web hooks without a digest are no failure',
      type: 'on',
    },
    ...FORMAT_FLAG,
    ...PAGE_FLAG,
  },
  'Secret:': {
    ...SECRET_FLAGS,
    alsoSecretEnv: {
      flag: '--also-secret-env <name>',
      help: 'a secret that is not the one, to find a mix-up',
      type: 'texts',
    },
    alsoSecret: {
      flag: '--also-secret <value>',
      help: 'the same on the command line (process lists show it)',
      type: 'texts',
    },
  },
} as const satisfies FlagGroups;

export type VerifyFlags = GroupedFlags<typeof VERIFY_FLAGS>;
