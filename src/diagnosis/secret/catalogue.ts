// The room of mistakes with the secret: what loaders, shells and people make of it.
import { placeholders } from './placeholders.js';
import {
  eachKey,
  type GivenSecrets,
  type KeyCandidate,
  type SecretMistake,
} from './secret-mistake.js';

/** Likeliest first. "Given" is the secret that the digest was checked with. */
export const secretMistakes: readonly SecretMistake[] = [
  {
    id: 'secret/another',
    explanation: 'The digest was made with another of the given secrets.',
    fix: 'Each web hook has a secret of its own: use the one of this kind and project.',
    keys: otherKeys,
  },
  {
    id: 'secret/api-token',
    explanation:
      "The digest was made with a secret that belongs elsewhere, such as the API token's.",
    fix: "Use the secret that is entered beside the web hook's link, not the one of the API token.",
    keys: ({ alsoKeys }) => alsoKeys.map((key) => ({ key })),
  },
  {
    id: 'secret/white-space-given',
    explanation:
      'The given secret has white space or a line end around it that the real one lacks.',
    fix: 'Trim the secret: printf %s instead of echo, no line end in the file.',
    keys: eachKey(
      (text) => text.trim(),
      (text) => text.replace(/(\\r)?\\n$/, ''),
    ),
  },
  {
    id: 'secret/white-space-used',
    explanation: 'The digest was made with white space or a line end around the secret.',
    fix: 'Trim the secret where the digest is made: printf %s instead of echo, no line end in the file.',
    keys: eachKey(
      (text) => `${text}\n`,
      (text) => `${text}\r\n`,
      (text) => `${text}\r`,
      (text) => `${text} `,
      (text) => ` ${text}`,
      (text) => `${text}\t`,
      (text) => ` ${text} `,
      (text) => `${text}\\n`,
    ),
  },
  {
    id: 'secret/quotes-given',
    explanation: 'The given secret has quotes around it that the real one lacks.',
    fix: 'Take the quotes off: some loaders of .env files, and docker --env-file, keep them.',
    keys: eachKey((text) => /^(["'`])(.*)\1\s*$/s.exec(text)?.[2]),
  },
  {
    id: 'secret/quotes-used',
    explanation: 'The digest was made with quotes around the secret.',
    fix: 'Take the quotes off where the digest is made: docker --env-file keeps them.',
    keys: eachKey(
      (text) => `"${text}"`,
      (text) => `'${text}'`,
      (text) => `\`${text}\``,
    ),
  },
  {
    id: 'secret/hex-decoded',
    explanation: 'The digest was made with the bytes that the secret stands for in hexadecimal.',
    fix: 'Use the text of the secret as the key: its UTF-8 bytes, not decoded.',
    keys: (given) => decoded(given, /^([0-9a-f]{2})+$/i, 'hex'),
  },
  {
    id: 'secret/base64-decoded',
    explanation: 'The digest was made with the bytes that the secret stands for in base64.',
    fix: 'Use the text of the secret as the key: its UTF-8 bytes, not decoded.',
    keys: (given) => decoded(given, /^[A-Za-z0-9+/_-]{4,}={0,2}$/, 'base64'),
  },
  {
    id: 'secret/hex-encoded',
    explanation: 'The digest was made with the secret written in hexadecimal.',
    fix: 'If Inqud shows the secret in hexadecimal, give that text; do not decode it.',
    keys: (given) =>
      encoded(given, (key) => [key.toString('hex'), key.toString('hex').toUpperCase()]),
  },
  {
    id: 'secret/base64-encoded',
    explanation: 'The digest was made with the secret written in base64.',
    fix: 'If Inqud shows the secret in base64, give that text; a Kubernetes secret is decoded only once.',
    keys: (given) =>
      encoded(given, (key) => [
        key.toString('base64'),
        key.toString('base64url'),
        `${key.toString('base64')}\n`,
        Buffer.from(`${key.toString()}\n`).toString('base64'),
      ]),
  },
  {
    id: 'secret/empty',
    explanation: 'The digest was made with an empty secret.',
    fix: 'Set the secret where the digest is made: the variable it is read from is unset.',
    keys: () => [{ key: Buffer.alloc(0) }],
  },
  {
    id: 'secret/wrong-case',
    explanation: 'The digest was made with the secret in another case.',
    fix: 'Copy the secret letter for letter: case counts.',
    keys: eachKey(
      (text) => text.toLowerCase(),
      (text) => text.toUpperCase(),
      swappedCase,
    ),
  },
  {
    id: 'secret/assignment-given',
    explanation:
      'The given secret starts with a name or a prefix that is not part of the real one.',
    fix: 'Give what stands after the = or the prefix alone.',
    keys: eachKey(
      (text) => /^(?:export\s+)?\w+\s*[=:]\s*(.+)$/s.exec(text)?.[1],
      (text) => /^[a-z]+_(.+)$/is.exec(text)?.[1],
      (text) => /^Bearer (.+)$/is.exec(text)?.[1],
    ),
  },
  {
    id: 'secret/mangled',
    explanation: 'The digest was made with what a shell or a .env file left of the secret.',
    fix: 'Put the secret in single quotes where it is set: $, # and \\ mean something there.',
    keys: eachKey(
      (text) => text.replace(/\$(\{\w+\}|\w+)/g, ''),
      (text) => text.replaceAll('$$', '$'),
      (text) => text.replace(/#.*$/s, '').trimEnd(),
      (text) => text.replaceAll('\\', ''),
    ),
  },
  {
    id: 'secret/url-encoded',
    explanation:
      'The digest was made with the secret in percent-encoding, or the given one is in it.',
    fix: 'Use the secret as it is shown, without percent-encoding.',
    keys: eachKey((text) => encodeURIComponent(text.replaceAll('\ufffd', '')), percentDecoded),
  },
  {
    id: 'secret/placeholder',
    explanation: 'The digest was made with a placeholder that nothing took the place of.',
    fix: 'Set the secret where the digest is made, and check that the variable is expanded.',
    keysInPairs: 6,
    keys: placeholders,
  },
];

function* otherKeys(given: GivenSecrets): Iterable<KeyCandidate> {
  for (const [index, key] of given.keys.entries()) {
    if (index > 0) yield { key, note: `number ${index + 1} of ${given.keys.length}` };
  }
}

function* decoded(
  given: GivenSecrets,
  form: RegExp,
  encoding: 'hex' | 'base64',
): Iterable<KeyCandidate> {
  for (const key of given.keys) {
    const text = key.toString().trim();
    if (form.test(text)) yield { key: Buffer.from(text, encoding) };
  }
}

function* encoded(
  given: GivenSecrets,
  encode: (key: Buffer) => readonly string[],
): Iterable<KeyCandidate> {
  for (const key of given.keys) {
    for (const text of encode(key)) yield { key: Buffer.from(text) };
  }
}

function swappedCase(text: string): string {
  return text.replace(/[a-z]/gi, (letter) =>
    letter === letter.toLowerCase() ? letter.toUpperCase() : letter.toLowerCase(),
  );
}

function percentDecoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
