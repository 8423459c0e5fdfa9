import { DEFAULT_BOUNDS } from '../../listening/listener.js';
import type { FlagGroups, GroupedFlags } from '../flags.js';
import { FORMAT_FLAG } from '../format.js';
import { parseRate, wholeNumber } from '../numbers.js';
import { SECRET_FLAGS } from '../options.js';

export const DEFAULT_OUT = 'inqud-hook-captures.ndjson';

export const LISTEN_FLAGS = {
  'What is recorded, and where:': {
    out: { flag: '--out <file>', help: 'the capture file', type: 'text', default: DEFAULT_OUT },
    fsync: {
      flag: '--fsync',
      help: 'acknowledged requests survive a power cut too',
      type: 'on',
    },
    path: {
      flag: '--path <path>',
      help: 'only this path, others get 404, repeatable',
      type: 'texts',
    },
    method: {
      flag: '--method <method>',
      help: 'only this method, others get 405, repeatable',
      type: 'texts',
    },
    redactTo: {
      flag: '--redact-to <file>',
      help: 'a second file, to show to others',
      type: 'text',
    },
    redact: {
      flag: '--redact <path>',
      help: 'replaced there: a body field or headers.Name, repeatable',
      type: 'texts',
    },
  },
  'How it answers:': {
    respond: {
      flag: '--respond <statuses>',
      help: 'in turn, the last one goes on: 500,500,200',
      parse: parseStatuses,
    },
    respondFrom: {
      flag: '--respond-from <file>',
      help: 'the same from JSON: status, headers, body, delayMs',
      type: 'text',
    },
    delay: { flag: '--delay <duration>', help: 'wait before answering', type: 'duration' },
    dropConnection: {
      flag: '--drop-connection <rate>',
      help: 'close this share without an answer',
      parse: parseRate,
    },
    seed: { flag: '--seed <text>', help: 'which ones (drawn when absent)', type: 'text' },
  },
  'Forwarding:': {
    forwardTo: {
      flag: '--forward-to <url>',
      help: 'pass on what is stored, in the background',
      type: 'text',
    },
    backoff: {
      flag: '--backoff <schedule>',
      help: 'exponential (default), published, or a list: 1m,5m,30m',
      type: 'text',
    },
    forwardConcurrency: {
      flag: '--forward-concurrency <n>',
      help: 'more than one gives up the order',
      type: 'whole',
      least: 1,
      most: 64,
      default: 1,
    },
    allowRemote: {
      flag: '--allow-remote',
      help: 'let the target be another machine',
      type: 'on',
    },
    insecure: { flag: '--insecure', help: 'take any TLS certificate of it', type: 'on' },
  },
  'Bounds and end:': {
    host: {
      flag: '--host <host>',
      help: 'listen on this address',
      type: 'text',
      default: '127.0.0.1',
    },
    maxBody: {
      flag: '--max-body <size>',
      help: 'larger ones get 413',
      type: 'size',
      absent: DEFAULT_BOUNDS.maxBodyBytes,
    },
    maxConnections: {
      flag: '--max-connections <n>',
      help: 'more get 503 when all are busy',
      type: 'whole',
      least: 1,
      most: 10_000,
      absent: DEFAULT_BOUNDS.maxConnections,
    },
    requestTimeout: {
      flag: '--request-timeout <duration>',
      help: 'slower ones get 408',
      type: 'duration',
      absent: DEFAULT_BOUNDS.requestTimeoutMs,
    },
    count: {
      flag: '--count <n>',
      help: 'end after this many requests',
      type: 'whole',
      least: 1,
      most: 1_000_000_000,
    },
    for: { flag: '--for <duration>', help: 'end after this time', type: 'duration' },
    ...FORMAT_FLAG,
  },
  'Secret, for checking digests:': SECRET_FLAGS,
} as const satisfies FlagGroups;

export type ListenFlags = GroupedFlags<typeof LISTEN_FLAGS>;

function parseStatuses(text: string): readonly number[] {
  return text.split(',').map(wholeNumber(200, 599));
}
