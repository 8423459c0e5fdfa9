// The room of the library: what a test suite imports.
import { randomInt } from 'node:crypto';
import { systemClock } from '../adapters/clock.js';
import { connect } from '../adapters/connect.js';
import { packagedSamples } from '../adapters/sample-files.js';
import { createComposer } from '../delivery/composer.js';
import { deliver } from '../delivery/deliver.js';
import { indexEvents } from '../delivery/event-index.js';
import type { Pace } from '../delivery/pace.js';
import { countEvents, type Plan } from '../delivery/plan.js';
import { parsePlan as readPlan } from '../delivery/plan-file.js';
import { makePlan } from '../delivery/plan-request.js';
import { readSamples } from '../delivery/read-samples.js';
import type { RunRecord, RunSummary } from '../delivery/records.js';
import type { Header } from '../ports.js';
import { checkDigest } from '../webhook/check-digest.js';
import { createSigner, sign as signBytes } from '../webhook/digest.js';
import { parseLifecycle } from '../webhook/kinds/lifecycle.js';
import { eventNames, parseEventName } from '../webhook/kinds/names.js';
import { DIGEST_HEADER } from '../webhook/scheme.js';
import { Secret } from '../webhook/secret.js';
import type { Verdict } from '../webhook/verdict.js';
import type { SampleEventName } from './bodies.js';
import { type CheckOptions, type CheckReport, checkReceiver } from './check-receiver.js';
import {
  givenBody,
  givenSecret,
  givenSecrets,
  type KnownOptions,
  kindOf,
  refuseUnknownOptions,
} from './given.js';
import { type NamedPlanRequest, refuseBadPlan } from './plan-options.js';

export type { Batch, Faults, Plan, PlannedEvent } from '../delivery/plan.js';
export { formatPlan } from '../delivery/plan-document.js';
export type { Life, PlanRequest } from '../delivery/plan-request.js';
export type { PlanWindow as Window } from '../delivery/plan-window.js';
export type {
  AttemptFault,
  AttemptRecord,
  DroppedRecord,
  LostEvent,
  Next,
  RunRecord,
  RunSummary,
} from '../delivery/records.js';
export type { Backoff } from '../delivery/schedule.js';
export { type ErrorCode, HookError } from '../errors.js';
export type { Answer, Header, Outcome, Responded } from '../ports.js';
export type { Verdict } from '../webhook/verdict.js';
export type * from './bodies.js';
export type { CheckOptions, CheckReport, CheckResult } from './check-receiver.js';
export { type MatcherAnswer, matchers } from './matcher.js';
export type { NamedPlanRequest } from './plan-options.js';
export { DIGEST_HEADER, Secret };

/** Bytes, or text that stands for its UTF-8 bytes. */
export type Body = string | Uint8Array;

/**
 * The digest Inqud sends with this body: HMAC-SHA1 over its exact bytes, 40 lower-case hex characters.
 * @throws TypeError for a body that was parsed, and for no secret
 */
export function sign(body: Body, secret: string | Secret): string {
  return signBytes(givenBody(body, 'sign'), givenSecret(secret, 'sign'));
}

/**
 * Checks a digest as it came against one secret or, while it is being rotated, several.
 * `undefined` and `null` are a missing header, and give `unsigned`.
 * @throws TypeError for a body that was parsed, and for no secret
 */
export function verify(
  body: Body,
  digest: string | null | undefined,
  secrets: string | Secret | readonly (string | Secret)[],
): Verdict {
  const bytes = givenBody(body, 'verify');
  const known = givenSecrets(secrets, 'verify');
  if (digest === undefined || digest === null) return { kind: 'unsigned' };
  if (typeof digest === 'string') return checkDigest(bytes, digest, known);
  throw new TypeError(`verify: the digest has to be text, and ${kindOf(digest)} was given.`);
}

/** A body such as Inqud sends, made for one resource. */
export interface SampleEvent {
  /** E.g. `checkout.success`. */
  readonly event: string;
  /** The resource's id, e.g. `CCO-…`. */
  readonly resource: string;
  /** The exact bytes to sign and send. */
  readonly body: Uint8Array;
}

export interface SampleOptions {
  /** The same seed gives the same ids and times; without one they are fresh. */
  readonly seed?: string | undefined;
  /** When the event happens, in milliseconds since the Unix epoch; now, or from the seed, by default. */
  readonly atMs?: number | undefined;
  /** `path=value` changes, e.g. `request.paidAmount=12.50`. */
  readonly set?: readonly string[] | undefined;
}

/** A name that is put together: it is looked at when it is used. */
type OtherName = string & Record<never, never>;

const SAMPLE_OPTIONS: KnownOptions<SampleOptions> = { seed: true, atMs: true, set: true };

/** The names `sampleEvent` takes. */
export function sampleEventNames(): readonly SampleEventName[] {
  return eventNames().map(({ text }) => text as SampleEventName);
}

/**
 * One sample event with ids of its own.
 * @throws HookError `bad-event` for an unknown name, `bad-override`
 */
export async function sampleEvent(
  name: SampleEventName | OtherName,
  options: SampleOptions = {},
): Promise<SampleEvent> {
  refuseUnknownOptions(options, SAMPLE_OPTIONS, 'sampleEvent');
  const { kind, status } = parseEventName(name);
  const { seed = freshSeed(), set } = options;
  const epochMs = options.atMs ?? (options.seed === undefined ? Date.now() : undefined);
  const lives = [{ kind: kind.kind, statuses: [status.name] }];
  const plan = makePlan({ lives, seed, epochMs, set });
  const samples = await readSamples(plan, packagedSamples);
  const composer = createComposer(plan, samples, { headers: [], signer: undefined });
  const located = indexEvents(plan).locate(0);
  return { ...composer.label(located), body: composer.compose(located).body };
}

/**
 * What is delivered, when, and what goes wrong on the way. The same seed gives the same plan; without
 * one the plan is about resources that no receiver has seen yet.
 * @throws HookError `bad-event` for an unknown lifecycle; TypeError, RangeError for what no plan can be made of
 */
export function plan(request: NamedPlanRequest = {}): Plan {
  refuseBadPlan(request);
  const { lifecycles = ['checkout'], ...rest } = request;
  const lives = lifecycles.map((text) => {
    const { kind, events } = parseLifecycle(text);
    return { kind: kind.kind, statuses: events.map(({ status }) => status.name) };
  });
  return makePlan({ ...rest, lives, seed: request.seed ?? freshSeed() });
}

/**
 * Reads a plan that `formatPlan` or `--save-plan` wrote; the name is for what is wrong with it.
 * @throws HookError `bad-plan`, naming the place
 */
export function parsePlan(text: string, name = 'The text'): Plan {
  return readPlan(text, name);
}

export interface SimulateOptions {
  /** The receiver: a URL, `host:port` or a port. */
  readonly url: string;
  /** What is delivered; a checkout's success without faults by default. */
  readonly plan?: Plan | undefined;
  /** Nothing is signed where it is left away; one that is undefined is a variable that is not set. */
  readonly secret?: string | Secret;
  /** Sent with every request. */
  readonly headers?: readonly Header[] | undefined;
  /** Attempts in flight at most; 16 by default. */
  readonly concurrency?: number | undefined;
  /** How plan time passes; straight from one due time to the next by default. */
  readonly pace?: Pace | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Lets the receiver be another machine. */
  readonly allowRemote?: boolean | undefined;
  /** Takes any TLS certificate. */
  readonly insecure?: boolean | undefined;
  /** Sees every record as it comes. */
  readonly onRecord?: ((record: RunRecord) => void) | undefined;
}

const SIMULATE_OPTIONS: KnownOptions<SimulateOptions> = {
  url: true,
  plan: true,
  secret: true,
  headers: true,
  concurrency: true,
  pace: true,
  signal: true,
  allowRemote: true,
  insecure: true,
  onRecord: true,
};

/**
 * Delivers a plan to a receiver as Inqud would, and says what came of it. A receiver that fails is
 * data: look at `events.lost`.
 * @throws HookError `bad-url`, `remote-target`, `bad-override`; TypeError for unknown options and an empty secret
 */
export async function simulate(options: SimulateOptions): Promise<RunSummary> {
  refuseUnknownOptions(options, SIMULATE_OPTIONS, 'simulate');
  const secret = 'secret' in options ? givenSecret(options.secret, 'simulate') : undefined;
  const { plan: given = plan(), concurrency = 16, pace = { kind: 'stepping' } } = options;
  const samples = await readSamples(given, packagedSamples);
  const composer = createComposer(given, samples, {
    headers: [['Content-Type', 'application/json'], ...(options.headers ?? [])],
    signer: secret && createSigner(secret),
  });
  const { transport } = await connect(options.url, {
    allowRemote: options.allowRemote === true,
    insecure: options.insecure === true,
    requests: countEvents(given),
  });
  try {
    const ports = { transport, clock: systemClock, composer };
    const run = deliver(given, ports, { concurrency, pace, signal: options.signal });
    for (let step = await run.next(); ; step = await run.next()) {
      if (step.done === true) return step.value;
      options.onRecord?.(step.value);
    }
  } finally {
    await transport.close();
  }
}

/**
 * Finds out whether a receiver would survive Inqud in production, as the command `check` does. Give
 * it a way to read the receiver's state: `state` or `stateUrl`. A receiver that fails is data: look at `exitCode` and `results`, or use `matchers`.
 * @throws HookError `bad-url`, `remote-target`, `bad-flag`, `bad-event`, `unreadable-state`
 */
export function check(options: CheckOptions): Promise<CheckReport> {
  return checkReceiver(options);
}

function freshSeed(): string {
  return String(randomInt(1, 2 ** 31));
}
