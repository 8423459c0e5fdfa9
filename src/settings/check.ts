import { INQUD_TIMEOUT_MS } from '../webhook/scheme.js';
import { REACH } from './reach.js';
import type { Setting, ValuesOf } from './setting.js';

/** What a check can be told, by a command line, a configuration file or a program. */
export const CHECK_SETTINGS = {
  /** `{id}`, `{clientOrderId}` and `{kind}` stand for those of a resource. */
  stateUrl: {
    flag: '--state-url <template>',
    help: 'GET this to read the state of a resource',
    type: 'text',
  },
  /** Sent when a state URL is read: `Authorization: Bearer …`. Their values are secrets. */
  stateHeaders: {
    flag: '--state-header <name: value>',
    help: 'say this when reading it, repeatable',
    type: 'texts',
  },
  /** Paths that are left out of states. */
  stateIgnore: {
    flag: '--state-ignore <path>',
    help: 'leave this out of states, repeatable',
    type: 'texts',
  },
  /** The only paths of states that are looked at. */
  stateOnly: {
    flag: '--state-only <path>',
    help: 'look at nothing but this, repeatable',
    type: 'texts',
  },
  /** The longest state that is read, in bytes; 1 MiB by default. */
  stateMaxBytes: {
    flag: '--state-limit <size>',
    help: 'read no longer states than this',
    type: 'size',
    absent: 2 ** 20,
  },
  /** Judge by answers alone. */
  blackBox: { flag: '--black-box', help: 'do without: judge by answers alone', type: 'on' },
  /** Only these kinds of web hooks, such as `checkout`. */
  kinds: {
    flag: '--kind <kind>',
    help: 'only this kind of web hook, repeatable',
    type: 'texts',
  },
  /** Patterns such as `ordering/*`. */
  rules: {
    flag: '--rules <pattern>',
    help: "only these rules, e.g. 'ordering/*', repeatable",
    type: 'texts',
  },
  /** Patterns of rules that are left out. */
  skip: { flag: '--skip <pattern>', help: 'not these rules, repeatable', type: 'texts' },
  /** Random delivery plans; 40 by default. */
  runs: {
    flag: '--runs <n>',
    help: 'random delivery plans to try',
    type: 'whole',
    least: 0,
    most: 100_000,
    absent: 40,
  },
  /** No more random plans after this time. */
  budgetMs: {
    flag: '--budget <duration>',
    help: 'stop trying random plans after this',
    type: 'duration',
  },
  /** The same seed gives the same plans; drawn by default. */
  seed: {
    flag: '--seed <text>',
    help: 'the same plans again (drawn when absent)',
    type: 'text',
  },
  /** Age of the oldest duplicate; 5 s by default. */
  lingerMs: {
    flag: '--linger <duration>',
    help: 'age of the oldest duplicate',
    type: 'duration',
    absent: 5_000,
  },
  /** Time to answer; 10 s by default, as Inqud gives. */
  timeoutMs: {
    flag: '--timeout <duration>',
    help: 'time to answer',
    type: 'duration',
    absent: INQUD_TIMEOUT_MS,
  },
  /** Lets the receiver be another machine. */
  allowRemote: REACH.allowRemote,
  /** Takes any TLS certificate. */
  insecure: REACH.insecure,
} as const satisfies Readonly<Record<string, Setting>>;

/** What a check is told. */
export type CheckSettings = ValuesOf<typeof CHECK_SETTINGS>;
