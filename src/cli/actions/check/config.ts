import * as v from 'valibot';
import { HookError } from '../../../errors.js';
import { parseByteSize } from '../../byte-size.js';
import { CHECK_FORMATS, type CheckFlags } from '../../commands/check.js';
import { parseDuration } from '../../duration.js';
import type { World } from '../../world.js';

const DEFAULT_FILE = 'inqud-hook.config.json';

const texts = v.array(v.string());
const time = v.pipe(
  v.string(),
  v.transform((text) => parseDuration(text)),
);
const size = v.pipe(
  v.string(),
  v.transform((text) => parseByteSize(text)),
);
const whole = v.pipe(v.number(), v.integer(), v.minValue(0));

const checkFlags = v.strictObject({
  url: v.exactOptional(v.string()),
  stateUrl: v.exactOptional(v.string()),
  stateCommand: v.exactOptional(v.string()),
  stateIgnore: v.exactOptional(texts),
  stateOnly: v.exactOptional(texts),
  stateLimit: v.exactOptional(size),
  blackBox: v.exactOptional(v.boolean()),
  kind: v.exactOptional(texts),
  rules: v.exactOptional(texts),
  skip: v.exactOptional(texts),
  runs: v.exactOptional(whole),
  budget: v.exactOptional(time),
  seed: v.exactOptional(v.string()),
  linger: v.exactOptional(time),
  timeout: v.exactOptional(time),
  prepare: v.exactOptional(v.string()),
  reset: v.exactOptional(v.string()),
  faultOn: v.exactOptional(v.string()),
  faultOff: v.exactOptional(v.string()),
  mockApi: v.exactOptional(whole),
  healWithin: v.exactOptional(time),
  baseline: v.exactOptional(v.string()),
  save: v.exactOptional(v.string()),
  format: v.exactOptional(v.picklist(CHECK_FORMATS)),
  report: v.exactOptional(texts),
  header: v.exactOptional(texts),
  secretEnv: v.exactOptional(texts),
  secretFile: v.exactOptional(texts),
  allowRemote: v.exactOptional(v.boolean()),
  insecure: v.exactOptional(v.boolean()),
  forwardedFor: v.exactOptional(v.boolean()),
});
/** What the configuration file may say of a check. */
export const CONFIG_KEYS: readonly string[] = Object.keys(checkFlags.entries);

const document = v.strictObject({
  $schema: v.exactOptional(v.string()),
  check: v.exactOptional(checkFlags, {}),
});

export interface Configured {
  readonly url: string | undefined;
  readonly flags: CheckFlags;
}

/**
 * The flags of the configuration file, under those that were typed.
 * @throws HookError `bad-config`, `unreadable-file` when a file is named and cannot be read
 */
export async function withConfig(
  url: string | undefined,
  flags: CheckFlags,
  world: World,
): Promise<Configured> {
  const path = flags.config ?? DEFAULT_FILE;
  const text = await configText(path, flags.config !== undefined, world);
  if (text === undefined) return { url, flags };
  const { url: configured, ...rest } = parsed(text, path);
  return { url: url ?? configured, flags: { ...rest, ...flags } };
}

async function configText(path: string, isNamed: boolean, world: World) {
  try {
    return new TextDecoder().decode(await world.files.read(path));
  } catch (error) {
    if (!isNamed && error instanceof HookError) return undefined;
    throw error;
  }
}

function parsed(text: string, path: string) {
  try {
    const result = v.safeParse(document, JSON.parse(text));
    if (result.success) return result.output.check ?? {};
    const [issue] = result.issues;
    throw badConfig(path, `${v.getDotPath(issue) ?? 'it'} ${problemOf(issue)}`);
  } catch (error) {
    if (error instanceof SyntaxError) throw badConfig(path, 'it is not JSON');
    throw error;
  }
}

/** Without the value, which may be a secret in the wrong place. */
function problemOf(issue: v.BaseIssue<unknown>): string {
  if (issue.type === 'strict_object' && issue.expected === 'never') return 'is not known';
  return `is not what it should be: ${issue.expected ?? issue.message}`;
}

function badConfig(path: string, reason: string): HookError {
  return new HookError(
    'bad-config',
    `${path} is no configuration: ${reason}.`,
    'Write {"check": {"stateUrl": "…"}} with the names of flags; unknown names are refused.',
  );
}
