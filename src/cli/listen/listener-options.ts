import { createLineWriter } from '../../capture/line-writer.js';
import { createRedaction } from '../../capture/redact.js';
import { ASSUMED_BASE_MS, ASSUMED_FACTOR, type Backoff, waitsOf } from '../../delivery/schedule.js';
import { HookError } from '../../errors.js';
import {
  DEFAULT_BOUNDS,
  type ListenerBounds,
  type ListenerOptions,
  type RedactedCopy,
} from '../../listening/listener.js';
import { INQUD_RETRIES } from '../../webhook/scheme.js';
import { refuseConflicts, refuseIdle, typedFlags } from '../conflicts.js';
import { parseDurations } from '../duration.js';
import { named } from '../named.js';
import { LISTEN_FLAGS, type ListenFlags } from './flags.js';

const LEAST_REQUEST_TIMEOUT_MS = 100;
const TIMEOUT_CHECKS = 4;

/** What the flags say about recording. */
export function recordingOptions(
  port: number,
  flags: ListenFlags,
): Pick<
  ListenerOptions,
  | 'host'
  | 'port'
  | 'out'
  | 'survives'
  | 'isForwarding'
  | 'redacted'
  | 'accepts'
  | 'bounds'
  | 'count'
> {
  return {
    host: flags.host,
    port,
    out: flags.out,
    survives: flags.fsync === true ? 'power-cut' : 'crash',
    isForwarding: flags.forwardTo !== undefined,
    redacted: redactedCopy(flags),
    accepts: {
      paths: flags.path ?? [],
      methods: (flags.method ?? []).map((method) => method.toUpperCase()),
    },
    bounds: boundsFrom(flags),
    count: flags.count,
  };
}

function redactedCopy({ redactTo, redact = [] }: ListenFlags): RedactedCopy | undefined {
  if (redactTo === undefined) return undefined;
  const redaction = createRedaction(redact);
  const lineOf = createLineWriter();
  return {
    path: redactTo,
    lineOf: (given) => {
      const { record, redacted } = redaction(given);
      return lineOf(record, redacted.length === 0 ? undefined : { redacted });
    },
  };
}

function boundsFrom(flags: ListenFlags): ListenerBounds {
  const requestTimeoutMs = flags.requestTimeout ?? DEFAULT_BOUNDS.requestTimeoutMs;
  if (requestTimeoutMs < LEAST_REQUEST_TIMEOUT_MS) {
    throw new HookError(
      'bad-flag',
      `--request-timeout is at least ${LEAST_REQUEST_TIMEOUT_MS}ms.`,
      'Leave it away for 30s.',
    );
  }
  return {
    ...DEFAULT_BOUNDS,
    maxBodyBytes: flags.maxBody ?? DEFAULT_BOUNDS.maxBodyBytes,
    maxConnections: flags.maxConnections ?? DEFAULT_BOUNDS.maxConnections,
    requestTimeoutMs,
    headTimeoutMs: Math.min(DEFAULT_BOUNDS.headTimeoutMs, requestTimeoutMs),
    checkTimeoutsMs: Math.min(DEFAULT_BOUNDS.checkTimeoutsMs, requestTimeoutMs / TIMEOUT_CHECKS),
  };
}

/** The waits between the attempts to forward one request. */
export function forwardWaits(backoff = 'exponential'): readonly number[] {
  return waitsOf(backoffOf(backoff));
}

function backoffOf(backoff: string): Backoff {
  const retries = INQUD_RETRIES;
  switch (backoff) {
    case 'exponential':
      return { kind: 'exponential', baseMs: ASSUMED_BASE_MS, factor: ASSUMED_FACTOR, retries };
    case 'published':
      return { kind: 'published', retries };
    default:
      return { kind: 'list', waitsMs: named('--backoff', () => parseDurations(backoff)) };
  }
}

/** Refuses flags that contradict or need each other. */
export function refuseContradictions(flags: ListenFlags): void {
  const typed = typedFlags(LISTEN_FLAGS, flags);
  refuseConflicts(typed, [['--respond', '--respond-from']]);
  if (flags.redactTo === flags.out) {
    throw new HookError(
      'bad-flag',
      '--redact-to and --out name one file.',
      'The copy needs a file of its own.',
    );
  }
  refuseIdle(typed, [
    ['--redact-to', '--redact <path>'],
    ['--redact', '--redact-to <file>'],
    ['--seed', '--drop-connection'],
    ['--backoff', '--forward-to <url>'],
    ['--allow-remote', '--forward-to <url>'],
    ['--insecure', '--forward-to <url>'],
  ]);
}
