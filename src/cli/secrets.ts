import { HookError } from '../errors.js';
import { fitted } from '../report/fit.js';
import { confidentialIn } from '../settings/state-headers.js';
import { Secret } from '../webhook/secret.js';
import { credentialsIn } from './credentials.js';
import { widthOf } from './format.js';
import type { SecretFlags } from './options.js';
import type { World } from './world.js';

export const DEFAULT_ENV = 'INQUD_HOOK_SECRET';

/**
 * The secrets from flags, or else from $INQUD_HOOK_SECRET; none when nothing names one.
 * @throws HookError `missing-secret` when a source is named but unset or empty
 */
export async function readSecrets(flags: SecretFlags, world: World): Promise<readonly Secret[]> {
  const named = await namedSecrets(flags, world);
  if (named.length > 0) return named;
  return world.env[DEFAULT_ENV] === undefined ? [] : [fromVariable(DEFAULT_ENV, world)];
}

/** The secrets that flags name, and no others. */
export async function namedSecrets(flags: SecretFlags, world: World): Promise<readonly Secret[]> {
  const given = (flags.secret ?? []).map((value) => fromText(value, '--secret'));
  const fromEnv = (flags.secretEnv ?? []).map((name) => fromVariable(name, world));
  const fromFiles = await Promise.all(
    (flags.secretFile ?? []).map((path) => fromFile(path, world)),
  );
  const secrets = [...given, ...fromEnv, ...fromFiles];
  for (const secret of secrets) world.guard.note(secret);
  return secrets;
}

/** Secrets that can be known before any flag is understood: those to be kept out of its error too. */
export function shownSecrets(
  argv: readonly string[],
  { env }: Pick<World, 'env'>,
): readonly string[] {
  const headers = valuesOf('--state-header', argv).flatMap((text) => {
    const colon = text.indexOf(':');
    return confidentialIn([text.slice(0, Math.max(colon, 0)).trim(), text.slice(colon + 1).trim()]);
  });
  return [
    ...valuesOf('--secret', argv),
    ...headers,
    env[DEFAULT_ENV],
    env['INQUD_API_TOKEN_SECRET'],
  ].filter((text) => text !== undefined);
}

function valuesOf(flag: string, argv: readonly string[]): readonly string[] {
  return argv.flatMap((word, at) => {
    if (word.startsWith(`${flag}=`)) return [word.slice(flag.length + 1)];
    return argv[at - 1] === flag ? [word] : [];
  });
}

/** What a configuration says in confidence: words that were typed are known before. */
export function noteCredentials(words: readonly string[], { guard }: World): void {
  for (const text of credentialsIn(words)) guard.note(Secret.fromText(text));
}

const SECRET_ON_COMMAND_LINE =
  '! A secret on the command line shows in process lists.\n' +
  '  Prefer $INQUD_HOOK_SECRET or --secret-file.\n';

/** A process list shows command lines, so a secret on one deserves a warning. */
export async function warnOfShownSecret(flags: SecretFlags, world: World): Promise<void> {
  if (flags.secret !== undefined) {
    await world.stderr.write(fitted(SECRET_ON_COMMAND_LINE, widthOf(world.stderr)));
  }
}

export function noSecret(): HookError {
  return new HookError(
    'missing-secret',
    `No secret in $${DEFAULT_ENV}, and none named by a flag.`,
    `export ${DEFAULT_ENV}=…, or use --secret-env NAME or --secret-file PATH.`,
  );
}

function fromVariable(name: string, world: World): Secret {
  return fromText(textOfVariable(name, world), `$${name}`);
}

/** @throws HookError `missing-secret` when it is not set */
export function textOfVariable(name: string, { env }: Pick<World, 'env'>): string {
  const value = env[name];
  if (value === undefined) throw unsetVariable(name);
  return value;
}

/** What does not look like the name of a variable may be the secret itself, and is not repeated. */
function unsetVariable(name: string): HookError {
  return /^[A-Z]+(_[A-Z0-9]+)+$/.test(name)
    ? new HookError('missing-secret', `$${name} is not set.`, `export ${name}=…`)
    : new HookError(
        'missing-secret',
        'The variable that should hold the secret is not set.',
        `The flag takes the name of a variable, e.g. ${DEFAULT_ENV}.`,
      );
}

function fromText(value: string, source: string): Secret {
  if (value === '') throw emptySource(source);
  return Secret.fromText(value);
}

async function fromFile(path: string, world: World): Promise<Secret> {
  const bytes = path === '-' ? await world.stdin.read() : await readSecretFile(path, world);
  if (isUtf16(bytes)) throw utf16Secret(path === '-' ? 'standard input' : 'the secret file');
  const key = withoutLastNewline(bytes);
  if (key.length === 0) {
    throw emptySource(path === '-' ? 'standard input' : 'the secret file');
  }
  return Secret.fromBytes(key);
}

/** By its mark, or by a NUL for every other byte, as Windows PowerShell writes with `>`. */
function isUtf16(bytes: Uint8Array): boolean {
  const [first, second] = bytes;
  if ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff)) return true;
  const isHalfNul = (from: number) =>
    bytes.length >= 4 && bytes.every((byte, at) => (at % 2 === from) === (byte === 0));
  return bytes.length % 2 === 0 && (isHalfNul(0) || isHalfNul(1));
}

function utf16Secret(source: string): HookError {
  return new HookError(
    'missing-secret',
    `The secret from ${source} is UTF-16, and the key of a digest is UTF-8.`,
    'In Windows PowerShell, write it with: Set-Content -NoNewline -Encoding ascii.',
  );
}

/** What names no file may be the secret itself, and is not repeated. */
async function readSecretFile(path: string, { files }: World): Promise<Uint8Array> {
  try {
    return await files.read(path);
  } catch (error) {
    if (!(error instanceof HookError) || error.code !== 'unreadable-file') throw error;
    const rest = error.message.startsWith(path) ? error.message.slice(path.length) : '';
    throw new HookError(
      'unreadable-file',
      `The secret file${rest === '' || rest.includes(path) ? ' cannot be read.' : rest}`,
      'The flag takes the path of a file that holds the secret, not the secret.',
    );
  }
}

/** Editors end a file with a newline that is no part of the secret: one is dropped, no more. */
function withoutLastNewline(bytes: Uint8Array): Uint8Array {
  if (bytes.at(-1) !== 0x0a) return bytes;
  return bytes.subarray(0, bytes.at(-2) === 0x0d ? -2 : -1);
}

function emptySource(source: string): HookError {
  return new HookError(
    'missing-secret',
    `The secret from ${source} is empty.`,
    'Put the web hook secret there, or leave the source away.',
  );
}

/** The one secret a sender signs with, if any; warns when it came on the command line. */
export async function oneSecret(flags: SecretFlags, world: World): Promise<Secret | undefined> {
  await warnOfShownSecret(flags, world);
  const [secret, ...more] = await readSecrets(flags, world);
  if (more.length === 0) return secret;
  throw new HookError(
    'bad-flag',
    'A sender signs with one secret, and several are given.',
    'Name one of them.',
  );
}
