import { textOf } from './body-document.js';
import type { PrintableRequest } from './http-message.js';
import { shellWord } from './shell-words.js';

/** What curl would add of its own; an empty value takes the header away. */
const CURLS_OWN = ['Accept', 'Expect', 'User-Agent', 'Content-Type'];
/** Linux takes no single argument of 128 KiB or more. */
const LONGEST_ARGUMENT = 100_000;

/** A shell command that sends the same bytes. */
export function curlCommand({ target, headers, body, insecure }: PrintableRequest): string {
  const given = new Set(headers.map(([name]) => name.toLowerCase()));
  const removed = CURLS_OWN.filter((name) => !given.has(name.toLowerCase()));
  const words = [
    `curl --include --http1.1${insecure ? ' --insecure' : ''}`,
    // The URL is as it is: brackets are no pattern, dots are no way up.
    '--globoff --path-as-is --request POST',
    "--header 'Connection: close'",
    ...headers.map(([name, value]) => headerWord(name, value)),
    ...removed.map((name) => `--header '${name}:'`),
  ];
  const { pipe, flag } = bodyWords(body);
  return `${pipe}${[...words, flag, `--url ${shellWord(target.url)}`].join(' \\\n  ')}`;
}

/** curl sends a header without a value when it ends in a semicolon. */
function headerWord(name: string, value: string): string {
  return `--header ${shellWord(value === '' ? `${name};` : `${name}: ${value}`)}`;
}

function bodyWords(body: Uint8Array): { readonly pipe: string; readonly flag: string } {
  const text = textOf(body);
  const isPlain = text !== undefined && !text.includes('\0');
  if (isPlain && body.length < LONGEST_ARGUMENT) {
    return { pipe: '', flag: `--data-raw ${shellWord(text)}` };
  }
  const pipe = `printf %s ${Buffer.from(body).toString('base64')} | base64 --decode | `;
  return { pipe, flag: '--data-binary @-' };
}
