import { HookError } from '../errors.js';

/** What a built-in receiver does with one request. */
export type Reaction =
  | { readonly kind: 'answer'; readonly status: number; readonly afterMs: number }
  /** Takes the request and never answers. */
  | { readonly kind: 'hang' };

/** What a receiver can base its reaction on. */
export interface HeardRequest {
  /** Counts the requests of the run, from 1. */
  readonly number: number;
  /** Counts the arrivals of the same body, from 1. */
  readonly sameBody: number;
  /** Plan time, in milliseconds. */
  readonly planMs: number;
  /** What the sender waits, in real milliseconds. */
  readonly timeoutMs: number;
}

export type Behaviour = (request: HeardRequest) => Reaction;

/** How much later than the sender's limit a late answer comes. */
const LATE_BY_MS = 200;

/**
 * A receiver by name: `demo`, `healthy`, `silent`, `flaky:3` (fails each event's first three
 * arrivals), `down:40m` (of plan time), `slow:12s` (real time), `status:503`.
 * @throws HookError `bad-flag`
 */
export function parseBehaviour(text: string, parseDuration: (text: string) => number): Behaviour {
  const [name = '', argument] = text.split(/:(.*)/s, 2);
  const plain = PLAIN.get(name);
  if (plain !== undefined && argument === undefined) return plain;
  const withArgument =
    argument === undefined ? undefined : parseWith(name, argument, parseDuration);
  if (withArgument !== undefined) return withArgument;
  throw new HookError(
    'bad-flag',
    `There is no built-in receiver \`${text}\`.`,
    'Choose demo, healthy, silent, flaky:3, down:40m, slow:12s or status:503.',
  );
}

const PLAIN: ReadonlyMap<string, Behaviour> = new Map([
  ['demo', demo],
  ['healthy', () => answer(200)],
  ['silent', () => ({ kind: 'hang' })],
]);

/** Refuses, says almost the right thing, hangs, accepts too late, and then is well. */
function demo({ number, timeoutMs }: HeardRequest): Reaction {
  if (number === 1) return answer(500);
  if (number === 2) return answer(204);
  if (number === 3) return { kind: 'hang' };
  return number === 4 ? answer(200, timeoutMs + LATE_BY_MS) : answer(200);
}

function parseWith(
  name: string,
  argument: string,
  parseDuration: (text: string) => number,
): Behaviour | undefined {
  if (name === 'flaky' && /^\d{1,6}$/.test(argument)) {
    return ({ sameBody }) => answer(sameBody <= Number(argument) ? 503 : 200);
  }
  if (name === 'status' && /^[2-5]\d\d$/.test(argument)) return () => answer(Number(argument));
  if (name === 'down') {
    const downMs = parseDuration(argument);
    return ({ planMs }) => answer(planMs < downMs ? 503 : 200);
  }
  if (name === 'slow') {
    const slowMs = parseDuration(argument);
    return () => answer(200, slowMs);
  }
  return undefined;
}

function answer(status: number, afterMs = 0): Reaction {
  return { kind: 'answer', status, afterMs };
}
