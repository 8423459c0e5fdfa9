import type { Command } from 'commander';
import { ROUTES } from '../../mock-api/routes.js';
import type { CommandContext } from '../context.js';
import { parsePort } from '../numbers.js';
import { SUMMARIES } from '../summaries.js';
import { withFlags } from '../with-flags.js';
import { MOCK_API_FLAGS, type MockApiFlags } from './flags.js';

const DEFAULT_PORT = 8788;

const EXAMPLES = `
Examples:
  inqud-hook mock-api --plan plan.json
      each resource of the plan as its last event says it is
  inqud-hook mock-api 0 --plan plan.json --at 2m --error-rate 10%

simulate-retries writes a plan (--dry-run > plan.json), and its own --mock-api
serves the truth at the run's plan time, dropped web hooks included.

Serves, with the header X-Inqud-Hook-Fidelity saying how sure it is:
${ROUTES.map(({ path, fidelity }) => `  ${fidelity.padEnd(10)} ${path}`).join('\n')}

documented: Inqud's own docs, current or retired, show path and answer.
inferred: put together from others' code; so is the shape of every error,
{code, message}. Any project and plan id is taken. The list takes ?page=
(from 0) and ?size= (to 100).

A token is needed, by X-Token-API-Id with X-Token-API-Secret, or with
X-HMAC-SHA256-Signature and X-Salt. $INQUD_API_TOKEN_ID and
$INQUD_API_TOKEN_SECRET say which; while both are unset, any passes.
Exit codes: 0 ended by --for · 2 asked wrongly · 130 Ctrl-C`;

export function declareMockApi(program: Command, context: CommandContext): void {
  const command = program
    .command('mock-api')
    .argument('[port]', `the port; 0 picks one (${DEFAULT_PORT})`, parsePort)
    .description(SUMMARIES['mock-api'].does);
  withFlags(command, MOCK_API_FLAGS)
    .addHelpText('after', EXAMPLES)
    .action(async (port: number | undefined, flags: MockApiFlags) => {
      const { mockApi } = await import('./action.js');
      context.exitWith(await mockApi(port ?? DEFAULT_PORT, flags, context));
    });
}
