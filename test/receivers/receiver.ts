/** A running receiver, and what `check` has to be told about it. */
export interface Receiver {
  /** Where web hooks go. */
  readonly url: string;
  /** A template with `{clientOrderId}`, `{id}` or `{kind}`. */
  readonly stateUrl: string;
  /** Shell commands that make the receiver's work fail, and work again. */
  readonly faultOn: string;
  readonly faultOff: string;
  /** A shell command that creates the order a web hook is about, when the receiver wants one. */
  readonly prepare?: string | undefined;
  close(): Promise<void>;
}

export interface StartOptions {
  readonly secret: string;
  /** A free one by default. */
  readonly port?: number | undefined;
  /** Inqud's API, for receivers that ask it what they have missed. */
  readonly apiUrl?: string | undefined;
}

export type Start = (options: StartOptions) => Promise<Receiver>;

export interface CorrectReceiver {
  readonly kind: 'correct';
  readonly stack: string;
  /** What it does differently where Inqud's documentation leaves room. */
  readonly traits: string;
  /** What `check` needs besides the URLs, e.g. `['--linger', '1s']`. */
  readonly flags?: readonly string[];
  readonly asksApi?: boolean;
  readonly start: Start;
}

export interface BrokenReceiver {
  readonly kind: 'broken';
  readonly stack: string;
  /** One sentence. */
  readonly bug: string;
  /** The rule that must fail. */
  readonly rule: string;
  /** The rule is an advisory: it fails, and the run does not. */
  readonly isAdvisory?: boolean;
  readonly flags?: readonly string[];
  readonly asksApi?: boolean;
  readonly start: Start;
}

export interface Paths {
  readonly state: string;
  readonly prepare?: string | undefined;
}

/** Puts together what every receiver tells of itself. */
export function receiverOn(
  port: number,
  { state, prepare }: Paths,
  close: () => Promise<void>,
): Receiver {
  const origin = `http://127.0.0.1:${port}`;
  return {
    url: `${origin}/webhooks/inqud`,
    stateUrl: origin + state,
    faultOn: postCommand(`${origin}/__fault/on`),
    faultOff: postCommand(`${origin}/__fault/off`),
    prepare,
    close,
  };
}

function postCommand(url: string): string {
  return `"${process.execPath}" -e "fetch('${url}',{method:'POST'})"`;
}
