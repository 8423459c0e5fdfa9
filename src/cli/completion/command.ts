import { type Command, Option } from 'commander';
import type { CommandContext } from '../context.js';
import { SUMMARIES } from '../summaries.js';
import type { CompletionFlags, Declared } from './request.js';
import { SHELLS } from './shells.js';

const EXAMPLES = `
The script asks this program what can follow, so it is up to date after an
update. Nothing is read but the names of your environment variables.

Examples:
  bash, in ~/.bashrc:
    source <(inqud-hook completion bash)
  zsh, in ~/.zshrc below compinit:
    source <(inqud-hook completion zsh)
  fish:
    inqud-hook completion fish > ~/.config/fish/completions/inqud-hook.fish
  PowerShell, in $PROFILE:
    inqud-hook completion powershell | Out-String | Invoke-Expression`;

export function declareCompletion(
  program: Command,
  context: CommandContext,
  declared: Declared,
): void {
  program
    .command('completion')
    .argument('<shell>', `your shell: ${SHELLS.join(', ')}`)
    .allowExcessArguments()
    .addOption(new Option('--new-word').hideHelp())
    .usage(SHELLS.join('|'))
    .description(SUMMARIES.completion.does)
    .addHelpText('after', EXAMPLES)
    .action(async (shell: string, flags: CompletionFlags, { args }: Command) => {
      const { completion } = await import('./action.js');
      context.exitWith(
        await completion({ shell, words: args.slice(1), ...flags }, declared, context),
      );
    });
}
