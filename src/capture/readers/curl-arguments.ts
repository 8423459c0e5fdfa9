import { type ShellText, textAfter, unknownText } from '../shell/text.js';
import {
  type CurlOption,
  type DataOption,
  longOption,
  shortOption,
  takesValue,
} from './curl-options.js';

export interface CurlData {
  readonly how: DataOption;
  readonly value: Argument;
}

/** A word, or the part of one, that an option was given. Text is one character a byte. */
export type Argument = ShellText;

/** One request of a curl command, as its options describe it. */
export interface CurlRequest {
  readonly method: string;
  readonly url: string | undefined;
  readonly headers: readonly Argument[];
  readonly data: readonly CurlData[];
  /** A file that is sent as it is. */
  readonly upload: Argument | undefined;
  /** What the body is made of when it is not in the command. */
  readonly elsewhere: string | undefined;
}

interface Given {
  readonly option: CurlOption;
  readonly value: Argument;
}

const URL_LIKE = /^(?:https?:\/\/|localhost\b|[\w.-]+(?::\d+)?\/)/i;

/** The requests of one command, its name left out; `--next` starts another. */
export function parseCurlArguments(words: readonly Argument[]): readonly CurlRequest[] {
  const requests: Given[][] = [[]];
  for (const given of eachOption(words)) {
    if (given.option.kind === 'next') requests.push([]);
    else requests.at(-1)?.push(given);
  }
  return requests.map(requestOf);
}

function* eachOption(words: readonly Argument[]): Generator<Given> {
  const rest = words[Symbol.iterator]();
  for (const word of rest) {
    if (word.text.startsWith('--')) yield longGiven(word, rest);
    else if (word.text.startsWith('-') && word.text !== '-') yield* shortGiven(word, rest);
    else yield { option: { kind: 'url' }, value: word };
  }
}

function longGiven(word: Argument, rest: Iterator<Argument>): Given {
  const equals = word.text.indexOf('=');
  const name = word.text.slice(2, equals === -1 ? undefined : equals);
  const option = longOption(name);
  if (!takesValue(option)) return { option, value: word };
  return { option, value: equals === -1 ? nextOf(rest) : textAfter(word, equals + 1) };
}

/** Short options may stand together; the first that takes a value takes the rest of the word. */
function* shortGiven(word: Argument, rest: Iterator<Argument>): Generator<Given> {
  for (let index = 1; index < word.text.length; index += 1) {
    const option = shortOption(word.text.charAt(index));
    if (takesValue(option)) return yield { option, value: attachedOr(word, index + 1, rest) };
    yield { option, value: word };
  }
}

function attachedOr(word: Argument, start: number, rest: Iterator<Argument>): Argument {
  const attached = textAfter(word, start);
  return attached.text.length > 0 || attached.files?.length ? attached : nextOf(rest);
}

function nextOf(rest: Iterator<Argument>): Argument {
  const { done, value } = rest.next();
  return done ? unknownText('missing-value') : value;
}

function requestOf(given: readonly Given[]): CurlRequest {
  const valuesOf = (kind: CurlOption['kind']) =>
    given.filter(({ option }) => option.kind === kind).map(({ value }) => value);
  const urls = valuesOf('url').map(({ text }) => text);
  const data = given.flatMap(({ option, value }) =>
    option.kind === 'data' ? [{ how: option.how, value }] : [],
  );
  const inUrl = valuesOf('get').length > 0;
  return {
    method: valuesOf('method').at(-1)?.text ?? defaultMethod(given, data),
    url: urls.find((url) => URL_LIKE.test(url)) ?? urls[0],
    headers: valuesOf('header'),
    data: inUrl ? [] : data,
    upload: valuesOf('upload')[0],
    elsewhere: given.flatMap(({ option }) => (option.kind === 'elsewhere' ? option.what : []))[0],
  };
}

function defaultMethod(given: readonly Given[], data: readonly CurlData[]): string {
  const has = (kind: CurlOption['kind']) => given.some(({ option }) => option.kind === kind);
  if (has('head')) return 'HEAD';
  if (has('upload')) return 'PUT';
  return (data.length > 0 && !has('get')) || has('elsewhere') ? 'POST' : 'GET';
}
