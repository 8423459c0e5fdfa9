import type { Command } from 'commander';
import { formatsText } from '../../capture/registry.js';
import { DIGEST_HEADER } from '../../webhook/scheme.js';
import type { CommandContext } from '../context.js';
import { SUMMARIES } from '../summaries.js';
import { withFlags } from '../with-flags.js';
import { VERIFY_FLAGS, type VerifyFlags } from './flags.js';

const EXAMPLES = `
Examples:
  inqud-hook verify body.json --digest 7e36242a10fd65cbaacd7ff288df9fd3f9e75a46
  inqud-hook verify body.json --digest '${DIGEST_HEADER}: 7e36…'
  inqud-hook verify captures.ndjson network.har requests/ 'logs/*.log.gz'
  pbpaste | inqud-hook verify -
  inqud-hook verify app.log --body-field req.rawBody --digest-field req.digest

Reads files, folders, patterns, standard input and gzip. The content tells the
format, or --from names it:
${formatsText()}

Name a secret more than once while it is being rotated: any of them may fit.

Exit codes: 0 all genuine · 1 something rejected or unsigned
            2 asked wrongly, or something malformed · 3 nothing to verify`;

export function declareVerify(program: Command, context: CommandContext): void {
  const command = program
    .command('verify')
    .argument('<files...>', 'captures, or one body with --digest; - is standard input')
    .description(SUMMARIES.verify.does);
  withFlags(command, VERIFY_FLAGS)
    .addHelpText('after', EXAMPLES)
    .action(async (files: readonly string[], flags: VerifyFlags) => {
      const { verify } = await import('./action.js');
      context.exitWith(await verify(files, flags, context));
    });
}
