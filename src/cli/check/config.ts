import { parse } from 'lossless-json';
import * as v from 'valibot';
import { HookError } from '../../errors.js';
import { findValues } from '../../json/find-values.js';
import { nearest } from '../../webhook/kinds/nearest.js';
import { parseByteSize } from '../byte-size.js';
import { parseDuration } from '../duration.js';
import { type Flag, type FlagSet, longFlag } from '../flags.js';
import type { World } from '../world.js';
import { CHECK_FLAGS, type CheckFlags, CONFIG_FILE } from './flags.js';

/** What the configuration file may say of a check: each flag under the name that is typed. */
export const CONFIGURABLE: Readonly<
  Record<string, { readonly name: string; readonly flag: Flag }>
> = Object.fromEntries(
  Object.values<FlagSet>(CHECK_FLAGS)
    .flatMap((flags) => Object.entries(flags))
    .filter(([, { config }]) => config !== false)
    .map(([name, flag]) => [camelCase(longFlag(flag)), { name, flag }]),
);

const time = v.pipe(
  v.string(),
  v.rawTransform(({ dataset, addIssue, NEVER }) => {
    try {
      return parseDuration(dataset.value);
    } catch (error) {
      if (!(error instanceof HookError)) throw error;
      addIssue({ message: 'write a number and a unit, such as 500ms, 10s or 1h30m' });
      return NEVER;
    }
  }),
);
const size = v.pipe(
  v.string(),
  v.transform((text) => parseByteSize(text)),
);

const checkFlags = v.strictObject({
  url: v.exactOptional(v.string()),
  ...Object.fromEntries(
    Object.entries(CONFIGURABLE).map(([key, { flag }]) => [key, v.exactOptional(configured(flag))]),
  ),
});
const CONFIG_KEYS = Object.keys(checkFlags.entries);

/** What a flag may be in the file. */
function configured(flag: Flag): v.GenericSchema {
  if ('parse' in flag) throw new Error(`${flag.flag} has no place in a configuration file.`);
  switch (flag.type) {
    case 'on':
      return v.boolean();
    case 'text':
      return v.string();
    case 'texts':
      return v.array(v.string());
    case 'duration':
    case 'time-limit':
      return time;
    case 'size':
      return size;
    case 'whole':
      return v.pipe(v.number(), v.integer(), v.minValue(flag.least), v.maxValue(flag.most));
    case 'choice':
      return v.picklist(flag.choices);
    default:
      return flag satisfies never;
  }
}

function camelCase(flag: string): string {
  return flag.slice(2).replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());
}

/** A list is an object to JavaScript, and not to whoever writes one. */
const isObject = v.custom<Record<string, unknown>>(
  (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
  'an object',
);

const document = v.strictObject({
  $schema: v.exactOptional(v.string()),
  check: v.exactOptional(v.pipe(isObject, checkFlags), {}),
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
  const path = flags.config ?? CONFIG_FILE;
  const text = await configText(path, flags.config !== undefined, world);
  if (text === undefined) return { url, flags };
  const { url: configured, ...rest } = parsed(text, path);
  const named = Object.entries(rest).map(([key, value]) => [CONFIGURABLE[key]?.name, value]);
  return { url: url ?? configured, flags: { ...Object.fromEntries(named), ...flags } };
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
  const result = v.safeParse(v.pipe(isObject, document), jsonIn(text, path));
  if (result.success) return result.output.check ?? {};
  const [issue] = result.issues;
  const steps = (issue.path ?? []).map(({ key }) => String(key));
  throw badConfig(
    path,
    placeIn(text, placeOf(text, steps)),
    `${nameOf(steps)} ${problemOf(issue, steps)}`,
  );
}

/** The error of this reader says where it stopped, whatever Node this is. */
function jsonIn(text: string, path: string): unknown {
  try {
    parse(text);
    return JSON.parse(text);
  } catch (error) {
    const [, position] = /position (\d+)/.exec(String(error)) ?? [];
    const offset = position === undefined ? text.length : Number(position);
    const isComment = /^\/[/*]/.test(text.slice(offset));
    const reason = isComment ? 'it holds a comment, and JSON has none' : 'it is not JSON';
    throw badConfig(path, placeIn(text, offset), reason);
  }
}

function nameOf(steps: readonly string[]): string {
  return steps.length === 0 ? 'it' : `"${steps.join('.')}"`;
}

/** Without the value, which may be a secret in the wrong place. */
function problemOf(issue: v.BaseIssue<unknown>, steps: readonly string[]): string {
  if (issue.type === 'strict_object' && issue.expected === 'never') {
    const known = steps[0] === 'check' ? CONFIG_KEYS : Object.keys(document.entries);
    const meant = nearest(steps.at(-1) ?? '', known);
    return `is not known${meant === undefined ? '' : `; did you mean "${meant}"?`}`;
  }
  if (issue.type === 'raw_transform') return `is no duration: ${issue.message}`;
  if (issue.type === 'custom') return 'has to be an object';
  return `has to be ${EXPECTED[issue.expected ?? ''] ?? issue.expected ?? issue.message}`;
}

const EXPECTED: Readonly<Record<string, string>> = {
  Object: 'an object',
  Array: 'a list of texts',
  string: 'a text',
  boolean: 'true or false',
  number: 'a number',
};

/** Where the value at a path stands, or the name of a member that is not known. */
function placeOf(text: string, steps: readonly string[]): number {
  const [span] = findValues(text, [steps]) ?? [];
  if (span === undefined || steps.length === 0) return 0;
  const name = text.lastIndexOf(JSON.stringify(steps.at(-1)), span.start);
  return name === -1 ? span.start : name;
}

function badConfig(path: string, place: TextPlace, reason: string): HookError {
  const end = reason.endsWith('?') ? '' : '.';
  return new HookError(
    'bad-config',
    `${path}, line ${place.line}, column ${place.column}: ${reason}${end}`,
    'Write {"check": {"stateUrl": "…"}} with the names of flags; unknown names are refused.',
  );
}

/** Both count from 1. */
interface TextPlace {
  readonly line: number;
  readonly column: number;
}

function placeIn(text: string, offset: number): TextPlace {
  const lines = text.slice(0, offset).split('\n');
  return { line: lines.length, column: (lines.at(-1)?.length ?? 0) + 1 };
}
