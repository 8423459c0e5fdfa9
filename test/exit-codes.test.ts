import { describe, expect, test } from 'vitest';
import { indexEvents } from '../src/delivery/event-index.js';
import { makePlan } from '../src/delivery/plan-request.js';
import type { RunSummary } from '../src/delivery/records.js';
import type { SendSummary } from '../src/delivery/send-records.js';
import { Tally } from '../src/delivery/tally.js';
import { rateOf } from '../src/forecast/arrival-rate.js';
import { Forecast } from '../src/forecast/forecast.js';
import type { ForecastSummary } from '../src/forecast/records.js';
import type { LimitSummary, LoadStates, LoadSummary } from '../src/load/records.js';
import {
  EXIT,
  exitCodeOfBurst,
  exitCodeOfForecast,
  exitCodeOfLimit,
  exitCodeOfRun,
  exitCodeOfSend,
  exitCodeOfVerify,
} from '../src/report/exit-code.js';
import type { ForecastSource } from '../src/report/forecast/story.js';
import type { VerifySummary } from '../src/verification/records.js';

test('the exit codes are what they have always been', () => {
  expect(EXIT).toEqual({
    satisfied: 0,
    refused: 1,
    askedWrongly: 2,
    couldNotTell: 3,
    bug: 70,
    interrupted: 130,
  });
});

describe('simulate-retries', () => {
  const code = (
    events: Partial<RunSummary['events']>,
    attempts: Partial<RunSummary['attempts']>,
    interrupted = false,
  ) =>
    exitCodeOfRun({
      ...RUN,
      events: { ...RUN.events, ...events },
      attempts: { ...RUN.attempts, ...attempts },
      interrupted,
    });

  test.each([
    ['0: everything was delivered', { total: 4, delivered: 4 }, { sent: 4 }, 0],
    [
      '0: faults withheld some, the rest was delivered',
      { total: 4, delivered: 3, withheld: 1 },
      { sent: 3 },
      0,
    ],
    ['1: the receiver’s answers lost one', { total: 4, delivered: 3, lost: 1 }, { sent: 14 }, 1],
    ['1: it connected, and always timed out', { total: 1, lost: 1 }, { sent: 11, timedOut: 11 }, 1],
    ['1: it connected, and was always broken', { total: 1, lost: 1 }, { sent: 11, broken: 11 }, 1],
    [
      '1: it connected once, and never again',
      { total: 1, lost: 1 },
      { sent: 11, unreachable: 10 },
      1,
    ],
    ['3: no attempt ever connected', { total: 1, lost: 1 }, { sent: 11, unreachable: 11 }, 3],
    ['3: faults withheld everything', { total: 2, withheld: 2 }, { sent: 0 }, 3],
    [
      '3: everything was withheld, though attempts arrived',
      { total: 2, withheld: 2 },
      { sent: 5 },
      3,
    ],
  ])('%s', (_what, events, attempts, expected) => {
    expect(code(events, attempts)).toBe(expected);
  });

  test('130: Ctrl-C, whatever else is known', () => {
    expect(code({ total: 4, lost: 1, open: 3 }, { sent: 11 }, true)).toBe(130);
  });
});

describe('send', () => {
  test.each([
    ['0: every answer was as expected', { sent: 2, asExpected: 2 }, 0],
    ['1: one was not', { sent: 2, asExpected: 1, unexpected: 1 }, 1],
    ['3: none ever connected', { sent: 1, unexpected: 1, connected: false }, 3],
    ['130: Ctrl-C', { sent: 1, asExpected: 1, interrupted: true }, 130],
  ])('%s', (_what, summary, expected) => {
    expect(exitCodeOfSend({ ...SENT, ...summary })).toBe(expected);
  });
});

describe('burst', () => {
  const { kept } = LOADED;

  test.each([
    ['0: all were answered 200 in time', { sent: 100, delivered: 100 }, 0],
    ['0: no more failed than is allowed', { sent: 100, failed: 1, allowedShare: 0.01 }, 0],
    ['1: one failed', { sent: 100, failed: 1 }, 1],
    [
      '1: one failed, and the rate was not kept',
      { sent: 9, failed: 1, kept: { ...kept, share: 0.5 } },
      1,
    ],
    ['3: none failed, and the rate was not kept', { sent: 9, kept: { ...kept, share: 0.98 } }, 3],
    ['3: none ever connected', { sent: 9, failed: 9, unreachable: 9 }, 3],
    ['3: nothing was sent', { sent: 0 }, 3],
    ['1: something acknowledged is lost', { sent: 9, states: { ...STATES, lost: 1 } }, 1],
    ['3: no state told anything', { sent: 9, states: { ...STATES, judged: 0 } }, 3],
    ['130: Ctrl-C', { sent: 9, failed: 1, interrupted: true }, 130],
  ])('%s', (_what, summary, expected) => {
    expect(exitCodeOfBurst({ ...LOADED, ...summary })).toBe(expected);
  });
});

describe('burst --find-limit', () => {
  test.each([
    ['0: a rate holds', {}, 0],
    ['1: none does', { limitPerSecond: undefined, limitedBy: 'failed' }, 1],
    ['1: a rate held, and another ended the receiver', { isDown: true }, 1],
    ['3: this machine kept none', { limitPerSecond: undefined, limitedBy: 'not-kept' }, 3],
    ['3: none ever connected', { limitPerSecond: undefined, isConnected: false }, 3],
    ['130: Ctrl-C', { interrupted: true }, 130],
  ] as const)('%s', (_what, summary, expected) => {
    expect(exitCodeOfLimit({ ...LIMIT, ...summary })).toBe(expected);
  });
});

describe('verify', () => {
  test.each([
    ['0: all genuine', { entries: 2, genuine: 2 }, 0],
    ['0: unsigned, and allowed to be', { entries: 1, unsigned: 1, unsignedAllowed: true }, 0],
    ['1: one rejected', { entries: 2, genuine: 1, rejected: 1 }, 1],
    ['1: one unsigned', { entries: 2, genuine: 1, unsigned: 1 }, 1],
    ['2: one malformed, whatever the others are', { entries: 2, rejected: 1, malformed: 1 }, 2],
    ['3: nothing to verify', {}, 3],
    ['130: Ctrl-C', { entries: 1, rejected: 1, interrupted: true }, 130],
  ])('%s', (_what, summary, expected) => {
    expect(exitCodeOfVerify({ ...VERIFIED, ...summary })).toBe(expected);
  });
});

describe('forecast', () => {
  const rate = { perSecond: 1, perMinute: 60 };
  const constant = { kind: 'constant', ...rate } as const;
  const captured = {
    kind: 'capture',
    file: 'captures.ndjson',
    webHooks: 3,
    spanMs: 2_000,
    untimed: 0,
    malformed: 0,
    otherMethods: 0,
    leftOver: 0,
  } as const;
  const receiver = (keepsUp: boolean | undefined) => ({ receiver: { ...RECEIVER, keepsUp } });

  test.each<[string, Partial<ForecastSummary>, ForecastSource, number]>([
    ['0: nothing is lost', {}, constant, 0],
    ['0: and the receiver keeps up', receiver(true), constant, 0],
    [
      '1: some are lost for good',
      { lost: { webHooks: 1, longestSafeOutageMs: 0 }, ...receiver(true) },
      constant,
      1,
    ],
    ['1: answers come too late', receiver(false), constant, 1],
    ['2: a part of the capture is malformed', {}, { ...captured, malformed: 1 }, 2],
    ['3: the capture is empty', {}, { ...captured, webHooks: 0 }, 3],
    ['3: the simulation ended too early to know', receiver(undefined), captured, 3],
    ['130: Ctrl-C', { interrupted: true, ...receiver(false) }, constant, 130],
  ])('%s', (_what, summary, arrivals, expected) => {
    expect(exitCodeOfForecast({ ...FORECAST, ...summary }, arrivals)).toBe(expected);
  });
});

const NO_EVENTS = makePlan({ lives: [] });
/** Of a run of nothing. */
const RUN: RunSummary = new Tally(NO_EVENTS, indexEvents(NO_EVENTS)).summary({
  interrupted: false,
});

const { summary: FORECAST } = new Forecast({
  arrivals: { kind: 'constant', rate: rateOf('20', 'min') },
  outage: { fromMs: 0, toMs: 60_000 },
  waitsMs: [120_000],
  whileDown: 'refuses',
  receiver: undefined,
}).result({ interrupted: false });

const RECEIVER = {
  capacity: { perSecond: 1, perMinute: 60 },
  answerMs: 1_000,
  longestAnswerMs: 1_000,
  mostWaiting: 0,
  lateAnswers: 0,
  secondWave: undefined,
  unacknowledged: 0,
  calmAfterMs: 0,
  followedMs: 0,
  endsAt: { perSecond: 1, perMinute: 60 },
} as const;
const STATES: LoadStates = {
  acknowledged: 9,
  judged: 9,
  lost: 0,
  otherwise: 0,
  wrong: [],
  untold: [],
  waitedMs: 100,
};

const LIMIT: LimitSummary = {
  kind: 'summary',
  ceilingPerSecond: 100,
  limitPerSecond: 90,
  limitedBy: 'growing',
  p99LimitMs: 10_000,
  forMs: 10_000,
  timeoutMs: 10_000,
  isConnected: true,
  isDown: false,
  interrupted: false,
};

const LOADED: LoadSummary = {
  kind: 'summary',
  forMs: 1_000,
  tookMs: 1_000,
  sent: 0,
  delivered: 0,
  failed: 0,
  allowedShare: 0,
  statuses: {},
  timedOut: 0,
  broken: 0,
  unreachable: 0,
  cancelled: 0,
  kept: {
    due: 100,
    share: 1,
    onTimeMs: 50,
    late: 0,
    unsent: 0,
    blocked: 0,
    p99LateMs: 0,
    maxLateMs: 0,
  },
  latency: undefined,
  refused: undefined,
  timeoutMs: 10_000,
  stepMs: 1_000,
  series: [],
  interrupted: false,
};

const SENT: SendSummary = {
  kind: 'summary',
  sent: 0,
  asExpected: 0,
  unexpected: 0,
  connected: true,
  acknowledgement: undefined,
  interrupted: false,
};

const VERIFIED: VerifySummary = {
  kind: 'summary',
  entries: 0,
  genuine: 0,
  rejected: 0,
  unsigned: 0,
  malformed: 0,
  unsignedAllowed: false,
  leftOver: [],
  interrupted: false,
  causes: [],
};
