import * as v from 'valibot';
import { HookError } from '../errors.js';
import { CATALOGUE, findKind } from '../webhook/catalogue.js';
import { findStatus } from '../webhook/kinds/names.js';
import { FAULTS_IN_PLANS } from './faults/registry.js';
import type { FaultSettings } from './faults/shapes.js';
import type { Plan } from './plan.js';
import { PLAN_FORMAT, PLAN_SCHEMA_VERSION } from './plan-document.js';
import { limitExceeded } from './plan-limits.js';

const count = v.pipe(v.number(), v.integer('a whole number'), v.minValue(0));
const milliseconds = v.pipe(v.number(), v.minValue(0), v.maxValue(Number.MAX_SAFE_INTEGER));
const rate = v.pipe(v.number(), v.minValue(0), v.maxValue(1));

/** What a plan file may say of a fault, by what its flag takes. */
const SETTINGS = {
  rate,
  duration: milliseconds,
  windows: v.array(v.strictObject({ fromMs: milliseconds, toMs: milliseconds })),
};

const faultEntries: {
  readonly [Key in keyof FaultSettings]: v.GenericSchema<FaultSettings[Key]>;
} = Object.assign(
  {},
  ...FAULTS_IN_PLANS.map(({ key, flag, off, isNew }) => ({
    [key]: isNew ? v.optional(SETTINGS[flag.takes], off) : SETTINGS[flag.takes],
  })),
);

const planSchema = v.strictObject({
  format: v.literal(PLAN_FORMAT),
  schemaVersion: v.literal(PLAN_SCHEMA_VERSION),
  seed: v.string(),
  salt: v.string(),
  epoch: v.pipe(v.string(), v.isoTimestamp('an ISO 8601 time')),
  timeoutMs: v.pipe(milliseconds, v.minValue(1)),
  schedule: v.picklist(['exponential', 'published', 'list']),
  waitsMs: v.array(milliseconds),
  jitter: rate,
  faults: v.strictObject({ ...faultEntries, atLeastOnce: v.boolean() }),
  batches: v.array(
    v.strictObject({
      kind: v.picklist(CATALOGUE.kinds.map(({ kind }) => kind)),
      count,
      events: v.pipe(
        v.array(v.strictObject({ status: v.string(), dueMs: milliseconds })),
        v.minLength(1),
      ),
      set: v.optional(v.array(v.string()), []),
    }),
  ),
});

/**
 * Reads a plan. Unknown keys are refused: a typo must not turn red into green.
 * @throws HookError `bad-plan`, naming the place.
 */
export function parsePlan(text: string, name: string): Plan {
  const result = v.safeParse(planSchema, parseJson(text, name));
  if (!result.success) throw badPlan(name, sentenceOf(result.issues[0]));
  const { format: _format, schemaVersion: _version, epoch, ...shape } = result.output;
  refuseUnknownEvents(shape, name);
  const plan = { ...shape, epochMs: Date.parse(epoch) };
  const problem = limitExceeded(plan);
  if (problem !== undefined) throw badPlan(name, problem);
  return plan;
}

function refuseUnknownEvents({ batches }: Pick<Plan, 'batches'>, name: string): void {
  for (const { kind, events } of batches) {
    const facts = findKind(kind);
    const unknown = events.find(({ status }) => !facts || !findStatus(facts, status));
    if (unknown) throw badPlan(name, `there is no event ${kind}.${unknown.status}`);
  }
}

function parseJson(text: string, name: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw badPlan(name, 'it is not JSON');
  }
}

function sentenceOf(issue: v.BaseIssue<unknown>): string {
  const path = v.getDotPath(issue);
  const place = path === null ? 'the document' : `\`${path}\``;
  if (issue.type === 'strict_object' && issue.expected === 'never') return `${place} is not known`;
  if (issue.received === 'undefined') return `${place} is missing`;
  if (issue.type === 'min_length') return `${place} is empty`;
  return `${place} is ${issue.received}, where ${issue.expected ?? issue.message} is needed`;
}

function badPlan(name: string, reason: string): HookError {
  return new HookError(
    'bad-plan',
    `${name} is not a plan this version reads: ${reason}.`,
    'Write one with `inqud-hook simulate-retries --save-plan plan.json`.',
  );
}
