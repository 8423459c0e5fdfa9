import type { Command } from 'commander';
import { type Format, formatOption } from '../format.js';
import { withSecretOptions } from '../options.js';
import type { CommandContext } from '../program.js';
import type { SecretFlags } from '../secrets.js';

export interface VerifyFlags extends SecretFlags {
  readonly digest?: string;
  readonly allowUnsigned?: boolean;
  readonly format: Format;
}

const EXAMPLES = `
Examples:
  inqud-hook verify body.json --digest 7e36242a10fd65cbaacd7ff288df9fd3f9e75a46
  inqud-hook verify body.json --digest 'X-Payload-Digest: 7e36…'
  inqud-hook verify captures.ndjson
  cat captures.ndjson | inqud-hook verify -

Name a secret more than once while it is being rotated: any of them may fit.
Exit codes: 0 all genuine · 1 something rejected or unsigned
            2 asked wrongly, or something malformed · 3 nothing to verify`;

export function declareVerify(program: Command, context: CommandContext): void {
  const command = program
    .command('verify')
    .argument('<files...>', 'captures, or one body with --digest; - is standard input')
    .description('Check captured web hooks against their digests, and say why one does not match.')
    .option('--digest <hex>', 'the digest of the one body given, or the header as pasted')
    .option('--allow-unsigned', 'web hooks without a digest are no failure')
    .addOption(formatOption())
    .optionsGroup('Secret:')
    .addHelpText('after', EXAMPLES);
  withSecretOptions(command).action(async (files: readonly string[], flags: VerifyFlags) => {
    const { verify } = await import('../actions/verify.js');
    context.exitWith(await verify(files, flags, context));
  });
}
