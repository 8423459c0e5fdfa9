import { spawn } from 'node:child_process';
import { sizeText } from '../capture/size-text.js';
import { HookError } from '../errors.js';
import type { CommandLimits, CommandResult, Commands } from '../ports.js';
import {
  type CommandBounds,
  type CommandEnd,
  type KillGroup,
  RunningCommand,
} from './running-command.js';

export interface ShellOptions {
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly killGroup: KillGroup;
}

const LIMIT_MS = 30_000;
const MOST_BYTES = 1024 * 1024;
const MS_PER_SECOND = 1_000;
/** What a shell says of a command that does not exist, or that cannot be run. */
const NOT_RUN = [126, 127];

/** Processes under way at once: more of them would only wait for a processor. */
const AT_ONCE = 4;
const NOTHING_SAID = { output: Buffer.alloc(0), complaint: '' };

/** Runs commands through the shell, with these variables beside the environment. */
export function shellCommands(options: ShellOptions): Commands {
  const waiting: (() => void)[] = [];
  let places = AT_ONCE;
  const place = () => {
    places -= 1;
    return places >= 0 ? undefined : new Promise<void>((start) => waiting.push(start));
  };
  const result: Commands['result'] = async (command, variables, limits = {}) => {
    await place();
    try {
      return await resultOf(command, variables, limits, options);
    } finally {
      places += 1;
      waiting.shift()?.();
    }
  };
  return {
    run: async (command, variables, limits) => {
      const came = await result(command, variables, limits);
      if (came.kind === 'cancelled') return '';
      if (came.kind === 'ended-well') return came.output;
      throw came.failure;
    },
    result,
  };
}

async function resultOf(
  command: string,
  variables: Readonly<Record<string, string>>,
  { timeoutMs = LIMIT_MS, maxBytes = MOST_BYTES, signal }: CommandLimits,
  { environment, killGroup }: ShellOptions,
): Promise<CommandResult> {
  if (signal?.aborted === true) return { kind: 'cancelled' };
  // A group of its own, so that what the command starts ends with it.
  const child = spawn(command, {
    shell: true,
    detached: true,
    env: { ...environment, ...variables },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const bounds = { timeoutMs, maxBytes, signal };
  const end = await new Promise<CommandEnd>((settle) => {
    new RunningCommand(child, bounds, killGroup, settle);
  });
  if (end.kind === 'cancelled') return end;
  if (end.kind === 'ended' && end.code === 0) {
    return { kind: 'ended-well', output: end.said.output.toString() };
  }
  const reason = failure(command, reasonOf(end, { timeoutMs, maxBytes }));
  if (end.kind === 'timed-out' || end.kind === 'too-large') {
    return { kind: end.kind, failure: reason };
  }
  const { code, said } = end.kind === 'ended' ? end : { code: null, said: NOTHING_SAID };
  return {
    kind: 'ended-badly',
    exitCode: code ?? undefined,
    output: said.output.toString(),
    complaint: said.complaint.trim(),
    failure: reason,
  };
}

function reasonOf(
  end: Exclude<CommandEnd, { kind: 'cancelled' }>,
  { timeoutMs, maxBytes }: Pick<CommandBounds, 'timeoutMs' | 'maxBytes'>,
): string {
  switch (end.kind) {
    case 'not-started':
      return `it cannot be started (${end.error.message})`;
    case 'too-large':
      return `it wrote more than ${sizeText(maxBytes)}, which is all that is read`;
    case 'timed-out':
      return `it had not ended after ${timeoutMs / MS_PER_SECOND} s`;
    case 'ended': {
      const [said = ''] = end.said.complaint.trim().split('\n').slice(-1);
      const ending = NOT_RUN.includes(Number(end.code))
        ? 'there is no such command'
        : `it ended with ${end.code ?? 'a signal'}`;
      return `${ending}${said === '' ? '' : ` (${said})`}`;
    }
    default:
      return end satisfies never;
  }
}

function failure(command: string, reason: string): HookError {
  return new HookError(
    'failed-command',
    `\`${command}\` does not work: ${reason}.`,
    'Try it in a shell; it gets INQUD_HOOK_ID and the like in its environment.',
  );
}
