import { nearest } from '../webhook/kinds/nearest.js';
import { Secret } from '../webhook/secret.js';

/**
 * What a program gives, looked at before anything is done: types are not there in JavaScript, and what is
 * missing is mostly a variable that is not set.
 */

/** The bytes of a body. @throws TypeError for a body that was parsed */
export function givenBody(body: unknown, name: string): Uint8Array {
  if (typeof body === 'string') return new TextEncoder().encode(body);
  if (body instanceof Uint8Array) return body;
  throw new TypeError(
    `${name}: the body has to be text or bytes, and ${kindOf(body)} was given. ` +
      'Give the raw body of the request, before anything parses it.',
  );
}

/** @throws TypeError where there is no secret, or an empty one */
export function givenSecret(secret: unknown, name: string): Secret {
  if (secret === undefined || secret === null) throw noSecret(name, `it is ${String(secret)}`);
  if (secret !== '' && typeof secret === 'string') return Secret.fromText(secret);
  if (secret instanceof Secret && secret.reveal().length > 0) return secret;
  if (secret === '' || secret instanceof Secret) throw noSecret(name, 'it is empty');
  throw new TypeError(
    `${name}: the secret has to be text or a Secret, and ${kindOf(secret)} was given.`,
  );
}

/** @throws TypeError where there is none, or one of them is empty */
export function givenSecrets(secrets: unknown, name: string): readonly Secret[] {
  if (!Array.isArray(secrets)) return [givenSecret(secrets, name)];
  if (secrets.length === 0) throw noSecret(name, 'the list is empty');
  return secrets.map((secret) => givenSecret(secret, name));
}

function noSecret(name: string, how: string): TypeError {
  return new TypeError(
    `${name}: there is no secret, ${how}. Give the web hook secret, such as process.env.INQUD_HOOK_SECRET, which has to be set.`,
  );
}

/** Names that options may have: all of them, as the type says. */
export type KnownOptions<Options> = Readonly<Record<keyof Required<Options>, unknown>>;

/** @throws TypeError for options that are no object, or have a name that is not known */
export function refuseUnknownOptions(
  options: unknown,
  known: Readonly<Record<string, unknown>>,
  name: string,
): void {
  if (typeof options !== 'object' || options === null || Array.isArray(options)) {
    throw new TypeError(`${name} takes an object of options, and ${kindOf(options)} was given.`);
  }
  const names = Object.keys(known);
  const unknown = Object.keys(options).find((option) => !names.includes(option));
  if (unknown === undefined) return;
  const meant = nearest(unknown, names);
  const hint = meant === undefined ? `It knows ${names.join(', ')}.` : `Did you mean \`${meant}\`?`;
  throw new TypeError(`${name}: \`${unknown}\` is no option. ${hint}`);
}

/** Bounds of a number. */
export interface NumberBounds {
  readonly least: number;
  readonly most?: number;
  readonly isWhole?: boolean;
}

/** @throws TypeError, RangeError; what is undefined is not given */
export function refuseBadNumber(
  value: unknown,
  { least, most = Number.MAX_SAFE_INTEGER, isWhole = false }: NumberBounds,
  name: string,
): void {
  if (value === undefined) return;
  const what = isWhole ? 'a whole number' : 'a number';
  const bounds =
    most === Number.MAX_SAFE_INTEGER ? `, ${least} or more` : ` from ${least} to ${most}`;
  if (typeof value !== 'number') {
    throw new TypeError(`${name} has to be ${what}${bounds}, and ${kindOf(value)} was given.`);
  }
  if (value >= least && value <= most && (!isWhole || Number.isInteger(value))) return;
  throw new RangeError(`${name} has to be ${what}${bounds}, and ${value} was given.`);
}

/** What a value is, without the value, which may be a secret in the wrong place. */
export function kindOf(value: unknown): string {
  if (value === undefined || value === null) return String(value);
  if (Array.isArray(value)) return 'a list';
  if (value instanceof Promise) return 'a promise (is an `await` missing?)';
  if (value instanceof ArrayBuffer) return 'an ArrayBuffer (wrap it: new Uint8Array(buffer))';
  const type = typeof value;
  return type === 'object' ? 'an object' : type === 'string' ? 'text' : `a ${type}`;
}
