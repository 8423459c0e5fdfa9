import type {
  Clock,
  CommandResult,
  Commands,
  ProbeReading,
  ProbeSubject,
  StateProbe,
  UnreadState,
} from '../../ports.js';
import { saysNothingYet } from './nothing-yet.js';

/** What a probe that runs commands works with. */
export interface CommandProbeMeans {
  readonly commands: Commands;
  readonly clock: Pick<Clock, 'sleep'>;
}

/** As long as the server of a state has to answer. */
const LIMIT_MS = 10_000;
/** Before it is tried again: what locks a database for a moment has let go of it by then. */
const WAITS_MS = [250, 500, 1_000];
/** What a shell says of a command that cannot be run, or that does not exist. */
const NOT_RUN = [126, 127];
/** A shell adds the number of the signal that ended a command to this. */
const SIGNALLED = 128;
const MOST_SIGNALS = 31;

const CANCELLED: ProbeReading = {
  text: '',
  unread: { kind: 'cancelled', reason: 'The run was interrupted.' },
};

type Failed = Exclude<CommandResult, { readonly kind: 'cancelled' | 'ended-well' }>;
type EndedBadly = Extract<CommandResult, { readonly kind: 'ended-badly' }>;

/**
 * Reads states with a command: what it writes to standard output is the state. Where it ends with
 * another code than 0 there is no state, as after an HTTP status that is none of success, or none was
 * read this time.
 */
export function commandProbe(
  command: string,
  { commands, clock }: CommandProbeMeans,
  maxBytes: number | undefined,
): StateProbe {
  let hasAnswered = false;

  const lookAt = (result: CommandResult, subject: ProbeSubject): ProbeReading | Failed => {
    if (result.kind === 'cancelled') return CANCELLED;
    if (result.kind === 'ended-well') return { text: result.output };
    return answerIn(result, subject) ?? result;
  };

  const notRead = (failed: Failed): ProbeReading => {
    if (!hasAnswered || failed.kind === 'too-large') throw failed.failure;
    const kind: UnreadState['kind'] = failed.kind === 'timed-out' ? 'timed-out' : 'broken';
    return { text: '', unread: { kind, reason: failed.failure.message } };
  };

  const isWorthAnotherTry = (failed: Failed): boolean =>
    failed.kind === 'ended-badly' && (hasAnswered || !isNotRun(failed));

  return {
    read: async (subject, signal) => {
      const limits = { timeoutMs: LIMIT_MS, maxBytes, signal };
      const look = async () =>
        lookAt(await commands.result(command, probeVariables(subject), limits), subject);
      let came = await look();
      for (const waitMs of WAITS_MS) {
        if (!('kind' in came) || !isWorthAnotherTry(came)) break;
        await clock.sleep(waitMs, signal);
        came = await look();
      }
      if (signal?.aborted === true) return CANCELLED;
      if ('kind' in came) return notRead(came);
      hasAnswered = true;
      return came;
    },
    close: () => Promise.resolve(),
  };
}

/** What a command that ended badly says of a resource; undefined where it says nothing of it. */
function answerIn(failed: Failed, subject: ProbeSubject): ProbeReading | undefined {
  if (failed.kind !== 'ended-badly' || isNotRun(failed)) return undefined;
  const { exitCode, output, complaint } = failed;
  if (exitCode === undefined || isSignal(exitCode)) return undefined;
  if (output.trim() !== '') return { text: output, ended: { exitCode, isNothingYet: false } };
  const isNothingYet = complaint === '' || saysNothingYet(complaint, subject);
  return isNothingYet ? { text: complaint, ended: { exitCode, isNothingYet } } : undefined;
}

function isNotRun({ exitCode }: EndedBadly): boolean {
  return exitCode !== undefined && NOT_RUN.includes(exitCode);
}

function isSignal(exitCode: number): boolean {
  return exitCode > SIGNALLED && exitCode <= SIGNALLED + MOST_SIGNALS;
}

/** What a command of the user's is told about a resource. */
export function probeVariables(subject: ProbeSubject): Readonly<Record<string, string>> {
  return {
    INQUD_HOOK_ID: subject.id,
    INQUD_HOOK_CLIENT_ORDER_ID: subject.clientOrderId,
    INQUD_HOOK_REFERENCE_ID: subject.clientOrderId,
    INQUD_HOOK_KIND: subject.kind,
    INQUD_HOOK_AMOUNT: subject.amount ?? '',
  };
}
