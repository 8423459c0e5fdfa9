/** What `curl -v` says of a request: its line, its headers, and an empty one. */
const SAID = /^> [A-Z]{3,10} \S+ HTTP\/[\d.]+ *\r?$/;
const GOES_ON = /^>(?: |\r?$)/;
const ANYWHERE = /^> [A-Z]{3,10} \S+ HTTP\/[\d.]+ *\r?$/m;

export const SAID_BY_CURL = 'This is what curl -v says, which leaves out the body that it sends.';
export const SAID_BY_CURL_HINT =
  'Give the body alone, with the digest: inqud-hook verify body.json --digest …';

export function isSaidByCurl(text: string): boolean {
  return ANYWHERE.test(text);
}

export interface VerboseParts {
  /** The text with empty lines for what curl said of its requests. */
  readonly rest: string;
  readonly said: string;
  /** The line of the first of them, from 1. */
  readonly line: number | undefined;
}

/** Takes what curl said of its requests out of a session: it is no script. */
export function withoutVerbose(text: string): VerboseParts {
  if (!isSaidByCurl(text)) return { rest: text, said: '', line: undefined };
  const said: string[] = [];
  let line: number | undefined;
  let isInside = false;
  const rest = text.split('\n').map((each, index) => {
    isInside = SAID.test(each) || (isInside && GOES_ON.test(each));
    if (!isInside) return each;
    line ??= index + 1;
    said.push(each);
    return '';
  });
  return { rest: rest.join('\n'), said: said.join('\n'), line };
}
