/** What is shorter occurs in ordinary text, and says little. */
const SHORTEST = 6;

/** Reports say these by themselves: a mask in their place would hide nothing, and tell which word it is. */
const OUR_WORDS =
  /^(?:secrets?|digests?|signature|receiver|payments?|checkouts?|requests?|invoices?|subscription|authorization|localhost|webhooks?|inqud(?:-hook)?|success|received|unsigned|genuine|rejected|example)$/i;

export interface SecretPattern {
  /** Quick: false where the secret cannot be in the text. */
  mayBeIn(text: string): boolean;
  /** Made when it is first wanted: most texts hold no secret. */
  pattern(): RegExp;
}

/**
 * Finds a secret however a format writes it: as it is, escaped as in JSON, XML, Markdown, URLs, shells
 * and workflow commands, one inside the other, broken over lines, and cut off before a `…`. Undefined
 * for what is too short or too common to be told from other text. Repetitions have limits, so that an
 * answer made of backslashes costs no more than another.
 */
export function secretPattern(secret: string): SecretPattern | undefined {
  if (secret.length < SHORTEST || OUR_WORDS.test(secret)) return undefined;
  const plain = longestPlain(secret);
  let made: RegExp | undefined;
  return {
    mayBeIn: (text) => text.includes(plain) || text.includes('…'),
    pattern: () => {
      made ??= patternOf(secret);
      return made;
    },
  };
}

function patternOf(secret: string): RegExp {
  const parts = partsOf(secret);
  return new RegExp(`${parts.join('')}|${cut(parts)}`, 'g');
}

const WHITE =
  '(?:\\s|\\+|%20|%0[9adAD]|&#\\d+;|\\\\{1,8}(?:[nrt]|x[0-9a-f]{2}|u00[0-9a-f]{2})){1,99}';

/** One pattern for each character, and one for each run of white space. */
function partsOf(secret: string): readonly string[] {
  return [...secret.matchAll(/\s+|[^\s]/gu)].map(([part]) =>
    /^\s/.test(part) ? WHITE : formsOf(part),
  );
}

function formsOf(character: string): string {
  if (/[A-Za-z0-9]/.test(character)) return character;
  const code = character.codePointAt(0) ?? 0;
  const forms = [
    `\\\\{0,8}${literal(character)}`,
    // A quote in quotes of a shell.
    ...(character === "'" ? ["'\\\\{1,8}''"] : []),
    insensitive(encoded(character)),
    insensitive(hexBytes(character)),
    `&#${code};`,
    units(character),
    `\\\\{1,8}u\\{${insensitive(code.toString(16))}\\}`,
    ...(ENTITIES[character] ?? []),
  ];
  return `(?:${[...new Set(forms)].join('|')})`;
}

const ENTITIES: Readonly<Record<string, readonly string[]>> = {
  '&': ['&amp;'],
  '<': ['&lt;'],
  '>': ['&gt;'],
  '"': ['&quot;'],
  "'": ['&apos;'],
};

function encoded(character: string): string {
  return bytesOf(character)
    .map((hex) => `%${hex}`)
    .join('');
}

function hexBytes(character: string): string {
  return bytesOf(character)
    .map((hex) => `\\\\{1,8}x${hex}`)
    .join('');
}

/** As JSON and our reports spell out what cannot be seen. */
function units(character: string): string {
  const each = Array.from(
    { length: character.length },
    (_, at) => `\\\\{1,8}u${character.charCodeAt(at).toString(16).padStart(4, '0')}`,
  );
  return insensitive(each.join(''));
}

function bytesOf(character: string): readonly string[] {
  return [...new TextEncoder().encode(character)].map((byte) => byte.toString(16).padStart(2, '0'));
}

function insensitive(source: string): string {
  return source.replace(/[a-f]/g, (letter) => `[${letter}${letter.toUpperCase()}]`);
}

function literal(character: string): string {
  return character.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
}

/** At least the shortest part of it, then as much as there is, then the sign of a cut. */
function cut(parts: readonly string[]): string {
  const start = parts.slice(0, SHORTEST).join('');
  const rest = parts.slice(SHORTEST);
  const open = rest.map((part) => `(?:${part}`).join('');
  return `${start}${open}${')?'.repeat(rest.length)}(?=…)`;
}

/** No format writes letters and digits otherwise, so the secret is nowhere where these are not. */
function longestPlain(secret: string): string {
  return (secret.match(/[A-Za-z0-9]+/g) ?? []).reduce(
    (longest, run) => (run.length > longest.length ? run : longest),
    '',
  );
}
