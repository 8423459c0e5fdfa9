import type { CheckPorts } from '../../conformance/check.js';
import { stateLimit } from '../../conformance/check-request.js';
import { commandProbe, probeVariables } from '../../conformance/lab/command-probe.js';
import { preparedIds } from '../../conformance/lab/prepared-ids.js';
import type { TruthServer } from '../../conformance/laboratory.js';
import { HookError } from '../../errors.js';
import type { StateProbe, Transport } from '../../ports.js';
import { reachOf } from '../../settings/reach.js';
import { refuseConflicts } from '../conflicts.js';
import type { World } from '../world.js';
import type { CheckFlags, StateFlags } from './flags.js';
import { headersOfState } from './headers-of-state.js';

/** The state probe that the flags name, if any. @throws HookError `bad-flag`, `bad-url` */
export async function probeFrom(flags: StateFlags, world: World): Promise<StateProbe | undefined> {
  const { stateUrl, stateCommand } = flags;
  refuseConflicts({ '--state-url': stateUrl, '--state-command': stateCommand }, [
    ['--state-url', '--state-command'],
  ]);
  const headers = headersOfState(flags, world);
  if (stateCommand !== undefined) return commandProbe(stateCommand, world, stateLimit(flags));
  if (stateUrl === undefined) return undefined;
  return world.openStateProbe(stateUrl, {
    ...reachOf(flags),
    maxBytes: stateLimit(flags),
    headers,
  });
}

/** Everything a check needs from the world. @throws HookError `bad-flag` */
export function portsFrom(
  flags: CheckFlags,
  world: World,
  made: {
    readonly transport: Transport;
    readonly probe: StateProbe | undefined;
    readonly truth: TruthServer | undefined;
  },
): CheckPorts {
  const { commands, signal } = world;
  const { prepare, reset } = flags;
  return {
    transport: made.transport,
    clock: world.clock,
    signal,
    probe: made.probe,
    hooks: { fault: faultFrom(flags, world), truth: made.truth },
    prepare:
      prepare === undefined
        ? undefined
        : async ({ probe }) => {
            return preparedIds(await commands.run(prepare, probeVariables(probe), { signal }));
          },
    reset: reset === undefined ? undefined : () => quietly(commands.run(reset, {}, { signal })),
  };
}

function faultFrom({ faultOn, faultOff }: CheckFlags, { commands, signal }: World) {
  if (faultOn === undefined && faultOff === undefined) return undefined;
  if (faultOn === undefined || faultOff === undefined) {
    throw new HookError(
      'bad-flag',
      '--fault-on and --fault-off go together.',
      'Name both, so that the work of the receiver fails and works again.',
    );
  }
  return {
    on: () => quietly(commands.run(faultOn, {}, { signal })),
    // Not ended by the signal: what was broken on purpose is mended, also after Ctrl-C.
    off: () => quietly(commands.run(faultOff, {})),
  };
}

async function quietly(work: Promise<string>): Promise<void> {
  await work;
}
