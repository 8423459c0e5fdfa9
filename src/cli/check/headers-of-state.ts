import type { Header } from '../../ports.js';
import { confidentialIn, stateHeader, stateHeaders } from '../../settings/state-headers.js';
import { Secret } from '../../webhook/secret.js';
import { refuseIdle } from '../conflicts.js';
import { textOfVariable } from '../secrets.js';
import type { World } from '../world.js';
import type { StateFlags } from './flags.js';

/**
 * What is said to the server of the state. The values are masked from now on.
 * @throws HookError `bad-flag`, `bad-header`, `missing-secret` for a variable that is not set
 */
export function headersOfState(flags: StateFlags, world: World): readonly Header[] {
  const { stateUrl, stateHeaders: typed, stateHeaderEnv: named } = flags;
  refuseIdle({ '--state-url': stateUrl, '--state-header': typed, '--state-header-env': named }, [
    ['--state-header', '--state-url'],
    ['--state-header-env', '--state-url'],
  ]);
  const fromVariables = (named ?? []).map((text): Header => {
    const [name, variable] = stateHeader(text, '--state-header-env');
    return stateHeader(`${name}: ${textOfVariable(variable, world)}`);
  });
  const headers = [...stateHeaders(typed), ...fromVariables];
  for (const text of headers.flatMap(confidentialIn)) world.guard.note(Secret.fromText(text));
  return headers;
}
