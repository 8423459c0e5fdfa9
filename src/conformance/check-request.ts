import { readAllSamples } from '../delivery/read-samples.js';
import type { Clock, Header, SampleFiles } from '../ports.js';
import { CHECK_SETTINGS, type CheckSettings } from '../settings/check.js';
import { findKind, type Kind } from '../webhook/catalogue.js';
import { parseLifecycle } from '../webhook/kinds/lifecycle.js';
import type { Secret } from '../webhook/secret.js';
import type { CheckRequest } from './check.js';
import { replayRule } from './replay-rule.js';
import type { Rule } from './rule.js';
import { RULES } from './rules/registry.js';
import type { SavedScript } from './script-file.js';
import { selectRules } from './select-rules.js';

/** What a check needs beside its settings. */
export interface CheckMeans {
  readonly secret: Secret;
  /** Sent with every web hook, beside its digest. */
  readonly headers: readonly Header[];
  readonly samples: SampleFiles;
  readonly clock: Pick<Clock, 'now'>;
  /** New text every time. */
  readonly draw: () => string;
  /** How long a receiver has to ask Inqud's API for what it missed, where there is one to ask. */
  readonly healWithinMs?: number | undefined;
  /** Failures of an earlier check: they alone are delivered. */
  readonly saved?: readonly SavedScript[] | undefined;
}

/**
 * Makes what was asked for a check; what was left away is as it is by default.
 * @throws HookError `bad-event`, `bad-flag` for a kind or a rule that is not known
 */
export async function checkRequest(
  settings: CheckSettings,
  { secret, headers, samples, clock, draw, healWithinMs = 0, saved }: CheckMeans,
): Promise<CheckRequest> {
  const { runs, lingerMs, timeoutMs } = CHECK_SETTINGS;
  return {
    seed: settings.seed ?? draw(),
    kinds: kindsFrom(settings, saved),
    rules: rulesFrom(settings, saved),
    runs: settings.runs ?? runs.absent,
    budgetMs: settings.budgetMs,
    lingerMs: settings.lingerMs ?? lingerMs.absent,
    healWithinMs,
    timeoutMs: settings.timeoutMs ?? timeoutMs.absent,
    ignore: settings.stateIgnore ?? [],
    only: settings.stateOnly ?? [],
    blackBox: settings.blackBox === true,
    isReplay: saved !== undefined,
    courier: {
      samples: await readAllSamples(samples),
      secret,
      headers,
      salt: `${draw()} ${clock.now()}`,
    },
  };
}

/** How much of a state is read, in bytes. */
export function stateLimit({ stateMaxBytes }: CheckSettings): number {
  return stateMaxBytes ?? CHECK_SETTINGS.stateMaxBytes.absent;
}

type Saved = CheckMeans['saved'];

function rulesFrom({ rules = [], skip = [] }: CheckSettings, saved: Saved): readonly Rule[] {
  if (saved === undefined) return selectRules(RULES, rules, skip);
  return saved.flatMap((one) =>
    selectRules(RULES, [one.rule], []).map((rule) => replayRule(rule, one)),
  );
}

function kindsFrom({ kinds = [] }: CheckSettings, saved: Saved): readonly Kind[] {
  const named = kinds.map((text) => parseLifecycle(text).kind);
  if (saved === undefined) return named;
  const used = new Set(saved.flatMap(({ script }) => script.resources.map(({ kind }) => kind)));
  return [...used].flatMap((name) => findKind(name) ?? []);
}
