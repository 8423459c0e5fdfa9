import { createHash, createHmac } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import {
  type ExactNumber,
  NOTHING,
  parseExact,
  rounded,
  shortText,
} from '../../src/json/exact-number.js';
import type { Clock } from '../../src/ports.js';
import { add, plain } from '../receivers/shop/decimal.js';
import { digestOf, isGenuine } from '../receivers/shop/digest.js';
import type { InqudEvent } from '../receivers/shop/inqud-event.js';
import { at, textAt } from '../receivers/shop/json.js';
import {
  creditsConflicts,
  laterFinalWins,
  STRICT,
  successWins,
  unfreezeShows,
} from '../receivers/shop/policy.js';
import { isFinal, statusNamed } from '../receivers/shop/status.js';
import { type Memory, orderOf } from '../receivers/shop/store.js';
import type { Aid } from './aids.js';
import { type Asking, CORRECT, eventIn, type Model } from './model.js';
import {
  asCsv,
  asMetrics,
  asPage,
  asPageOfOne,
  asPairs,
  asRecords,
  asSentences,
  asTable,
  asText,
  byId,
  doubleEntry,
  emptyUnknown,
  endedUnknown,
  flat,
  grouped,
  ledger,
  listed,
  mirroring,
  onePayment,
  ownWords,
  type View,
  withAccess,
  withBalance,
  withCommas,
  withNoise,
} from './views.js';

/** One way to do one part of a receiver. */
export interface Way {
  readonly name: string;
  readonly change: (model: Model) => Model;
  /** What a receiver that does it in this way is judged with, beside its state. */
  readonly aids?: readonly Aid[];
}

/** A way that is wrong, and what has to say so. */
export interface WrongWay extends Way {
  /** Rules of which one has to fail. */
  readonly named: RegExp;
  /** A must unless it says otherwise. */
  readonly severity?: 'should' | 'advisory';
  /** Parts that have to be done in the usual way, for another way of them would mend it. */
  readonly usual?: readonly string[];
}

/** What a part of the web hooks, which every receiver chooses for itself, comes to is nothing. */
function losing(name: string, chosen: () => (event: InqudEvent) => boolean): WrongWay {
  return {
    name,
    change: (model) => {
      const isLost = chosen();
      const concerns: Model['concerns'] = (event, recorded) =>
        !isLost(event) && model.concerns(event, recorded);
      return { ...model, concerns };
    },
    named: /^(payload\/success-(every-time|shows)|acknowledgement\/burst-kept)$/,
    // Who asks the API finds what was lost.
    usual: ['API'],
  };
}

/** One part of a receiver, which can be done in several ways. The first right way is the usual one. */
export interface Choice {
  readonly part: string;
  readonly right: readonly Way[];
  readonly wrong: readonly WrongWay[];
}

const usual: Way = { name: 'usual', change: (model) => model };

function way(name: string, change: Partial<Model>): Way {
  return { name, change: (model) => ({ ...model, ...change }) };
}

function wrong(
  name: string,
  named: RegExp,
  change: Partial<Model>,
  severity?: 'should' | 'advisory',
): WrongWay {
  return { ...way(name, change), named, ...(severity === undefined ? {} : { severity }) };
}

/** The same way, for receivers that are judged with these aids. */
function aided<Kind extends Way>(aids: readonly Aid[], done: Kind): Kind {
  return { ...done, aids };
}

function asking(some: Partial<Asking>): Pick<Model, 'asking'> {
  return { asking: { ...ASKS, ...some } };
}

/** Who asks the API finds what came before its order. */
function unhealed(way: WrongWay): WrongWay {
  return { ...aided(['prepare'], way), usual: ['API'] };
}

/**
 * Who lets a repeated final status replace itself takes its credit back before giving it again; only
 * an order shows what it was given twice; and who asks the API about each web hook credits a life that
 * has ended once for each of them.
 */
function twice(name: string, change: Partial<Model>): WrongWay {
  return { ...wrong(name, TWICE, change), usual: ['order', 'state', 'API'] };
}

/** Who works on one web hook after another, or asks the API about each, needs no lock. */
function unlocked(way: WrongWay): WrongWay {
  return { ...way, usual: [...(way.usual ?? []), 'work', 'API'] };
}

/** Of so many processes one, whose turn comes by chance, refuses what is genuine. */
function withOldSecret(name: string, processes: number): Way {
  return {
    name,
    change: (model) => {
      let came = 0;
      const isOld = () => {
        came += 1;
        return createHash('sha256').update(String(came)).digest().readUInt32BE() % processes === 0;
      };
      return {
        ...model,
        isGenuine: (digests, body, secret) => !isOld() && model.isGenuine(digests, body, secret),
      };
    },
  };
}

function answering(answers: Partial<Model['answers']>): Pick<Way, 'change'> {
  return { change: (model) => ({ ...model, answers: { ...model.answers, ...answers } }) };
}

function viewing(wrap: (view: View) => View): Pick<Way, 'change'> {
  return { change: (model) => ({ ...model, view: wrap(model.view) }) };
}

/** Who asks the API for whatever it is told loses nothing to a forgery. */
function believing(way: WrongWay): WrongWay {
  return { ...way, usual: [...(way.usual ?? []), 'API'] };
}

/** Who works after the answer does not know yet what a duplicate is. */
function refusingDuplicates(status: number): WrongWay {
  return {
    name: `${status} to a duplicate`,
    ...answering({ duplicate: status }),
    named: /^acknowledgement\/exactly-200/,
    usual: ['work', 'order'],
  };
}

function above12(crowded: number): Way {
  return {
    name: `${crowded} above 12`,
    change: (model) => ({
      ...model,
      mostAtOnce: 12,
      answers: { ...model.answers, crowded, afterMs: Math.max(model.answers.afterMs, 20) },
    }),
  };
}

function onlyCheckouts(status: number): Way {
  return {
    name: `checkouts alone, ${status} to others`,
    change: (model) => ({
      ...model,
      kinds: ['checkout'],
      answers: { ...model.answers, otherKind: status },
    }),
  };
}

const EVENTS = new URL('../../fixtures/events/', import.meta.url);
const SIGNATURE = /^signature\//;
const ORDER = /^(ordering|search|retries\/outage-catch-up|payload\/full-lifecycles)/;
/** Where the first status stays, a success after it shows nowhere. */
const FIRST_COUNTS = new RegExp(`${ORDER.source}|^payload/success-shows`);
const TWICE = /^(idempotency|retries|search|ordering)\//;
const CREDITED_EARLY = /^payload\/credit-before-success/;
const ANSWER = /^(acknowledgement|payload\/full-lifecycles)/;

const DETOUR = /^payload\/detours/;
const EARLY = /^retries\/before-the-order/;
const FAILED = /^retries\/(failed-work-redone|not-done-before-done)/;
const HEALS = /^recovery\//;

/** About everything that is open, every two seconds. */
/** Ids that are alike for a key happen by chance as well, and then a success is lost now and then. */
const ALIKE = /^(idempotency\/ids-alike|payload\/success-(every-time|shows))$/;

export const ASKS: Asking = {
  everyMs: 2_000,
  asksAbout: () => true,
  believes: 'body',
  hasToken: true,
  remembers: true,
};

/** The parts are applied in this order, so that what wraps a view comes after what chooses it. */
export const CHOICES: readonly Choice[] = [
  {
    part: 'digest',
    right: [
      usual,
      way('compares in lower case', {
        isGenuine: (digests, body, secret) =>
          digests.length === 1 && digests[0]?.toLowerCase() === digestOf(body, secret),
      }),
    ],
    wrong: [
      wrong('is not checked', SIGNATURE, { isGenuine: () => true }),
      wrong('is checked where there is one', SIGNATURE, {
        isGenuine: (digests, body, secret) =>
          digests.length === 0 || isGenuine(digests, body, secret),
      }),
      wrong('is checked where it is not empty', SIGNATURE, {
        isGenuine: (digests, body, secret) => digests[0] === '' || isGenuine(digests, body, secret),
      }),
      wrong('counts as far as it goes', SIGNATURE, {
        isGenuine: ([digest = ''], body, secret) =>
          digest !== '' && digestOf(body, secret).startsWith(digest),
      }),
      wrong('may go on', SIGNATURE, {
        isGenuine: ([digest = ''], body, secret) => digest.startsWith(digestOf(body, secret)),
      }),
      wrong(
        'is right if one of several is',
        /^signature\/sent-twice-refused/,
        { isGenuine: (digests, body, secret) => digests.includes(digestOf(body, secret)) },
        'advisory',
      ),
      {
        ...wrong('is not checked for one kind', SIGNATURE, {
          isGenuine: (digests, body, secret) =>
            eventIn(body)?.kind === 'request' || isGenuine(digests, body, secret),
        }),
        usual: ['kinds', 'credit'],
      },
      {
        name: 'is remembered for its resource',
        change: (model: Model) => ({ ...model, isGenuine: rememberingDigests() }),
        named: /^signature\/accepted-digest-refused/,
      },
      wrong('may be base64', SIGNATURE, {
        isGenuine: (digests, body, secret) =>
          isGenuine(digests, body, secret) ||
          digests[0] === createHmac('sha1', secret).update(body).digest('base64'),
      }),
      wrong('may be under an empty secret', SIGNATURE, {
        isGenuine: (digests, body, secret) =>
          isGenuine(digests, body, secret) || digests[0] === digestOf(body, ''),
      }),
      wrong('may be SHA-256', SIGNATURE, {
        isGenuine: (digests, body, secret) =>
          isGenuine(digests, body, secret) ||
          digests[0] === createHmac('sha256', secret).update(body).digest('hex'),
      }),
      wrong('is that of the JSON written anew', SIGNATURE, {
        isGenuine: (digests, body, secret) => digests[0] === digestOf(rewritten(body), secret),
      }),
      wrong('is that of pieces decoded one by one', SIGNATURE, {
        reads: (pieces) =>
          Buffer.from(pieces.map((piece) => new TextDecoder().decode(piece)).join('')),
      }),
      wrong('is checked after the work', SIGNATURE, { verifies: 'last' }),
      wrong('is only looked at for its length', SIGNATURE, {
        isGenuine: ([digest = '']) => digest.length === 40,
      }),
      {
        ...withOldSecret('is under an old secret, by one of two processes', 2),
        named: /^acknowledgement\/exactly-200/,
      },
      {
        ...withOldSecret('is under an old secret, by one of ten processes', 10),
        named: /^acknowledgement\/refusals-mended/,
        severity: 'should' as const,
      },
      {
        name: 'is refused with a 200',
        ...answering({ forged: 200 }),
        named: SIGNATURE,
        usual: ['refusal of a forgery'],
      },
    ].map(believing),
  },
  {
    part: 'refusal of a forgery',
    right: [
      { ...usual, name: '401' },
      { name: '400', ...answering({ forged: 400 }) },
      { name: '403', ...answering({ forged: 403 }) },
      { name: '404', ...answering({ forged: 404 }) },
    ],
    wrong: [],
  },
  {
    part: 'answer',
    right: [
      { ...usual, name: 'at once' },
      { name: 'after 40 ms', ...answering({ afterMs: 40 }) },
      { name: 'after 300 ms', ...answering({ afterMs: 300 }) },
    ],
    wrong: [
      { name: '204', ...answering({ done: 204, duplicate: 204 }), named: ANSWER },
      { name: '202', ...answering({ done: 202, duplicate: 202 }), named: ANSWER },
      { name: '302', ...answering({ done: 302, duplicate: 302 }), named: ANSWER },
      { name: 'after 12 s', ...answering({ afterMs: 12_000 }), named: ANSWER },
      wrong('after 12 s to a success', /^acknowledgement\/within-limit/, {
        delayOf: ({ status }) => (status === 'SUCCESS' ? 12_000 : 0),
      }),
      {
        ...wrong('after 12 s to a success of an invoice', /^acknowledgement\/within-limit/, {
          delayOf: ({ kind, status }) => (kind === 'invoice' && status === 'SUCCESS' ? 12_000 : 0),
        }),
        usual: ['kinds', 'credit'],
      },
      wrong('after 12 s to an expiry', /^acknowledgement\/within-limit/, {
        delayOf: ({ status }) => (status === 'EXPIRED' ? 12_000 : 0),
      }),
      wrong('409 to a stale status', /^acknowledgement\/exactly-200/, {
        refuses: (event, _, recorded) =>
          recorded !== undefined && rankOf(recorded) > rankOf(event) ? 409 : undefined,
      }),
      wrong(
        '500 to the first of each resource',
        /^acknowledgement\/refusals-mended/,
        { stumbles: ({ status }) => (FIRSTS.has(status) ? 500 : undefined) },
        'should',
      ),
      wrong(
        '500 now and then',
        /^acknowledgement\/refusals-mended/,
        { stumbles: ({ id, status }) => (sumOf(`${id} ${status}`) % 20 === 0 ? 500 : undefined) },
        'should',
      ),
      {
        ...wrong('500 now and then, and marked as done', /^acknowledgement\/exactly-200/, {
          stumbles: ({ id, status }) => (sumOf(`${id} ${status}`) % 20 === 0 ? 500 : undefined),
          marksFirst: true,
        }),
        usual: ['key', 'kinds', 'order'],
      },
      refusingDuplicates(409),
      refusingDuplicates(500),
    ],
  },
  {
    part: 'kinds',
    right: [
      { ...usual, name: 'all' },
      way('checkouts alone', { kinds: ['checkout'] }),
      way('requests and payments', { kinds: ['request', 'payment'] }),
      onlyCheckouts(422),
      onlyCheckouts(404),
      onlyCheckouts(403),
    ],
    wrong: [
      {
        ...wrong('payments in part', ANSWER, {
          refuses: ({ kind, status }) => (kind === 'payment' && status !== 'NEW' ? 422 : undefined),
        }),
        usual: ['credit'],
      },
      {
        ...wrong('payments not their success', ANSWER, {
          refuses: ({ kind, status }) =>
            kind === 'payment' && status === 'SUCCESS' ? 500 : undefined,
        }),
        usual: ['credit'],
      },
      { ...onlyCheckouts(500), named: /^acknowledgement\/exactly-200/ },
    ],
  },
  {
    part: 'key',
    right: [
      { ...usual, name: 'kind, id and status' },
      way('id and status', { keyOf: ({ id, status }) => `${id}:${status}` }),
      way('id, status and time', {
        keyOf: ({ id, status, happenedAt }) => `${id} ${status} ${happenedAt ?? ''}`,
      }),
    ],
    wrong: [
      twice('none', { memory: () => FORGETFUL }),
      wrong('the id alone', /^(ordering|payload|idempotency|search|retries)\//, {
        keyOf: ({ id }) => id,
      }),
      wrong('the status alone', /^(ordering|payload|idempotency|search|retries)\//, {
        keyOf: ({ status }) => status,
      }),
      wrong('blank', /^(ordering|payload|idempotency|search|retries)\//, { keyOf: () => '' }),
      wrong('the first six characters of the id', ALIKE, {
        keyOf: ({ id, status }) => `${id.slice(0, 6)} ${status}`,
      }),
      wrong('the last eight characters of the id', ALIKE, {
        keyOf: ({ id, status }) => `${id.slice(-8)} ${status}`,
      }),
      {
        ...wrong(
          'a hash of the body',
          /^idempotency\/same-status-other-bytes/,
          { keyOf: ({ body }) => createHash('sha256').update(JSON.stringify(body)).digest('hex') },
          'advisory',
        ),
        usual: ['order', 'state'],
      },
      twice('of the last event', { memory: lastOnly }),
      twice('forgotten after a second', { memory: forgettingAfter(1_000) }),
      twice('of the last eight events', { memory: lastFew(8) }),
    ],
  },
  {
    part: 'locks',
    right: [{ ...usual, name: 'one event of a resource at a time' }],
    wrong: [5, 50].map((gapMs) => unlocked(twice(`a gap of ${gapMs} ms`, { gapMs }))),
  },
  {
    part: 'order',
    right: [
      { ...usual, name: 'ranks, the first final status stays' },
      way('of two final statuses the later counts', { supersedes: laterFinalWins }),
      way('of two final statuses the one with money counts', { supersedes: successWins }),
      way('an unfreeze shows', { supersedes: unfreezeShows }),
      way('by the times of the bodies', { supersedes: laterWins }),
    ],
    wrong: [
      wrong('the last to come counts', ORDER, { supersedes: () => true }),
      wrong('the first to come counts', FIRST_COUNTS, { supersedes: () => false }),
      wrong('a later status reopens', ORDER, {
        supersedes: (next, recorded) => isClosed(recorded) || STRICT.supersedes(next, recorded),
      }),
      frozenOut(
        wrong('a frozen one stays frozen', DETOUR, {
          supersedes: (next, recorded) => !isFrozen(recorded) && STRICT.supersedes(next, recorded),
        }),
      ),
      frozenOut(
        wrong('nothing is taken of a frozen one', DETOUR, {
          concerns: (event, recorded) =>
            CORRECT.concerns(event, recorded) && (recorded === undefined || !isFrozen(recorded)),
        }),
      ),
      {
        ...wrong(
          'of two intermediate statuses the last to come counts',
          /^ordering\/earlier-status-shown/,
          {
            supersedes: (next, recorded) =>
              STRICT.supersedes(next, recorded) || !(isClosed(next) || isClosed(recorded)),
          },
          'advisory',
        ),
        // Not every state tells one intermediate status from the other.
        usual: ['state'],
      },
      frozenOut(
        wrong('a late FROZEN freezes what is final', /^ordering\/late-intermediate/, {
          supersedes: (next, recorded) => isFrozen(next) || STRICT.supersedes(next, recorded),
        }),
      ),
      wrong('only the next status is taken', ORDER, { concerns: isNext }),
      wrong('nothing before the first status', ORDER, {
        concerns: (event, recorded) => recorded !== undefined || rankOf(event) === 0,
      }),
      wrong(
        'a status that is too early is refused',
        /^(ordering|search|retries|acknowledgement|payload)/,
        {
          refuses: (event, _, recorded) =>
            rankOf(event) > 0 && recorded === undefined ? 409 : undefined,
        },
      ),
    ],
  },
  {
    part: 'credit',
    right: [
      { ...usual, name: 'the amount of a success' },
      way('what was paid of a conflict', { creditFor: creditsConflicts }),
      way('in hundred-millionths', { creditFor: rounding((amount) => inUnits(amount, 8)) }),
      way('of checkouts alone, in cents', {
        kinds: ['checkout'],
        creditFor: rounding((amount) => inUnits(amount, 2)),
      }),
    ],
    wrong: [
      wrong('a conflict in full', /^payload\/conflict-underpaid/, {
        creditFor: (event) =>
          event.status === 'CONFLICT' ? event.amount : STRICT.creditFor(event),
      }),
      {
        ...wrong('a partial success as nothing', /^payload\/partial-success/, {
          creditFor: (event) =>
            event.status === 'PARTIAL_SUCCESS' ? undefined : STRICT.creditFor(event),
        }),
        usual: ['kinds'],
      },
      {
        name: 'one of two equal payments of an order',
        change: (model) => ({ ...model, creditFor: creditOfUnequal() }),
        named: /^ordering\/(payments-add-up|two-resources)/,
        usual: ['kinds', 'order', 'state'],
      },
      frozenOut({
        name: 'none of a success that was frozen',
        named: DETOUR,
        change: (model) => ({ ...model, creditFor: creditOfUnfrozen() }),
      }),
      wrong('in 32-bit floats', /^payload\/everyday-amounts/, {
        creditFor: rounding((amount) => plain(String(Math.fround(Number(amount))))),
      }),
      wrong('in whole units', /^payload\/everyday-amounts/, {
        creditFor: rounding((amount) => String(Math.trunc(Number(amount)))),
      }),
      wrong(
        'to eight decimals',
        /^payload\/amount-precision/,
        { creditFor: rounding((amount) => shortText(rounded(exactly(amount), 8))) },
        'should',
      ),
      wrong(
        'in 64-bit floats',
        /^payload\/amount-precision/,
        { creditFor: rounding((amount) => plain(String(Number(amount)))) },
        'should',
      ),
      {
        ...wrong('to two decimals', /^payload\/everyday-amounts/, {
          creditFor: rounding((amount) => Number(amount).toFixed(2)),
        }),
        usual: ['kinds'],
      },
      {
        // A word and an amount in a list has no name, and thousands of cents none for sure.
        ...wrong('twice, each time', /^payload\/everyday-amounts/, {
          creditFor: rounding((amount) => add(amount, amount)),
        }),
        usual: ['state'],
      },
      {
        ...wrong(
          'none of an overpaid success',
          /^payload\/overpaid/,
          {
            understood: (event) =>
              OVERPAID.some((path) => isTrueAt(event.body, path))
                ? { ...event, status: 'CONFLICT' }
                : event,
          },
          'should',
        ),
        usual: ['kinds', 'state'],
      },
      {
        // Nobody shows cents in thousands.
        ...wrong('in cents cut off in floating point', /^payload\/everyday-amounts/, {
          creditFor: rounding((amount) => String(Math.trunc(Number(amount) * 100))),
        }),
        usual: ['state'],
      },
      {
        ...wrong('as soon as it is seen, taken back on failure', CREDITED_EARLY, {
          creditFor: (event) => (isDetected(event) ? event.amount : STRICT.creditFor(event)),
        }),
        usual: ['state'],
      },
      {
        name: 'as soon as it is seen, and kept on failure',
        change: (model) => ({ ...model, creditFor: creditOfDetected((event) => event.amount) }),
        named: CREDITED_EARLY,
        usual: ['state'],
      },
      {
        name: 'as soon as it is seen, and again with the success',
        change: (model) => ({
          ...model,
          creditFor: creditOfDetected((event) => {
            const amount = STRICT.creditFor(event);
            return amount === undefined ? undefined : add(amount, amount);
          }),
        }),
        named: CREDITED_EARLY,
        usual: ['state'],
      },
    ],
  },
  {
    part: 'bodies',
    right: [
      usual,
      {
        name: 'of an unknown status are on record',
        change: (model) => ({
          ...model,
          concerns: (event, recorded) => isUnknown(event) || model.concerns(event, recorded),
          supersedes: (next, recorded) => {
            if (isUnknown(next)) return !isClosed(recorded);
            return isUnknown(recorded) || model.supersedes(next, recorded);
          },
        }),
      },
    ],
    wrong: [
      wrong(
        'of an unknown field are refused',
        /^payload\/unknown-field/,
        {
          refuses: (_, body) =>
            keysOf(body).every((key) => KNOWN_KEYS.has(key)) ? undefined : 422,
        },
        'should',
      ),
      wrong(
        'of an unknown status are refused',
        /^payload\/unknown-status/,
        {
          refuses: ({ status }) => (statusNamed(status) === undefined ? 500 : undefined),
        },
        'should',
      ),
      wrong('of an unknown status are a success', /^payload\/unknown-status-not-paid/, {
        understood: takingUnknownFor('SUCCESS'),
      }),
      wrong('of an unknown status are credited', /^payload\/unknown-status-not-paid/, {
        concerns: () => true,
        supersedes: (next, recorded) => isUnknown(next) || STRICT.supersedes(next, recorded),
        creditFor: (event) => (isUnknown(event) ? event.amount : STRICT.creditFor(event)),
      }),
      {
        ...wrong(
          'of an unknown status are a failure',
          /^payload\/unknown-status/,
          { understood: takingUnknownFor('FAILED') },
          'should',
        ),
        // A checkout knows no FAILED.
        usual: ['kinds'],
      },
      wrong('with a null that the samples contain are refused', /^payload\/sample-nulls/, {
        refuses: ({ body }) =>
          NULL_IN_SAMPLES.some((name) => has(body, name, null)) ? 500 : undefined,
      }),
      wrong(
        'with a null elsewhere are refused',
        /^payload\/nulls/,
        {
          refuses: ({ body }) =>
            has(body, 'returnUrl', null) ||
            (has(body, 'txHash', null) && has(body, 'status', 'SUCCESS'))
              ? 500
              : undefined,
        },
        'should',
      ),
      wrong(
        'without an optional field are refused',
        /^payload\/nulls/,
        {
          refuses: ({ kind, body }) =>
            OPTIONAL_FIELDS.some(([of, name]) => of === kind && !has(body, name)) ? 500 : undefined,
        },
        'should',
      ),
      {
        ...wrong(
          'with a time of other digits are refused',
          /^payload\/time-forms/,
          {
            refuses: ({ kind, happenedAt }) =>
              kind === 'checkout' && happenedAt !== undefined && !/\.\d{9}Z$/.test(happenedAt)
                ? 400
                : undefined,
          },
          'should',
        ),
        usual: ['kinds'],
      },
      wrong(
        'above 8 kB are refused',
        /^payload\/large-body/,
        {
          refuses: (_, body) => (body.length > 8_192 ? 413 : undefined),
        },
        'should',
      ),
      {
        ...wrong('of a detected payment are refused', ANSWER, {
          refuses: ({ status }) => (status === 'PAYMENT_DETECTED' ? 500 : undefined),
        }),
        usual: ['kinds'],
      },
      wrong('of an expiry are refused', ANSWER, {
        refuses: ({ status }) => (status === 'EXPIRED' ? 422 : undefined),
      }),
      wrong('of an expiry end the process', /^acknowledgement\/stays-up/, {
        crashesAt: ({ status }) => status === 'EXPIRED',
      }),
      wrong('of an expiry end the process, which is started again', /^acknowledgement\/stays-up/, {
        crashesAt: ({ status }) => status === 'EXPIRED',
        restartMs: 300,
      }),
      wrong('of a success are refused', ANSWER, {
        refuses: ({ status }) => (status === 'SUCCESS' ? 500 : undefined),
      }),
    ],
  },
  {
    part: 'work',
    right: [
      { ...usual, name: 'before the answer' },
      way('takes 20 ms, before the answer', { work: { kind: 'at-once', ms: 20 } }),
      way('50 ms after the answer', { work: { kind: 'later', ms: 50 } }),
      way('300 ms after the answer', { work: { kind: 'later', ms: 300 } }),
      way('by four workers', { work: { kind: 'queued', workers: 4, ms: 10 } }),
      way('in batches of 200 ms', { work: { kind: 'in-batches', everyMs: 200 } }),
      way('by a job each second', { work: { kind: 'in-batches', everyMs: 1_000, aheadMs: 900 } }),
      way('by a job each three seconds', {
        work: { kind: 'in-batches', everyMs: 3_000, aheadMs: 2_200 },
      }),
    ],
    wrong: [
      {
        ...wrong('by a worker whose queue holds ten', /^acknowledgement\/burst-kept/, {
          work: { kind: 'queued', workers: 1, ms: 20, most: 10 },
        }),
        // Who asks the API finds what the queue dropped.
        usual: ['API'],
      },
      losing('by four processes, of which one does nothing', () => {
        let came = 0;
        return () => {
          came += 1;
          return came % 4 === 0;
        };
      }),
      losing('by four processes, of which one does nothing of its ids', () => ({ id }) => {
        const [first = 0] = createHash('sha256').update(id).digest();
        return first < 64;
      }),
    ],
  },
  {
    part: 'failure',
    right: [
      { ...usual, name: 'refused' },
      aided(['fault'], way('done later', { failed: 'done-later' })),
    ],
    wrong: [
      aided(['fault'], {
        ...wrong('marked before the work', FAILED, { marks: 'begun' }),
        usual: ['API'],
      }),
      aided(['fault'], {
        ...wrong('answered 200 and forgotten', FAILED, { failed: 'forgotten' }),
        usual: ['API'],
      }),
    ],
  },
  {
    part: 'order first',
    right: [
      { ...usual, name: 'not needed' },
      aided(
        ['prepare'],
        way('404 before it', { beforeOrder: { kind: 'left', answer: 404, isMarked: false } }),
      ),
      aided(['prepare'], way('kept until it is there', { beforeOrder: { kind: 'kept' } })),
    ],
    wrong: [
      unhealed(
        wrong('200 before it, and forgotten', EARLY, {
          beforeOrder: { kind: 'left', answer: 200, isMarked: false },
        }),
      ),
      unhealed(
        wrong('404 before it, and marked', EARLY, {
          beforeOrder: { kind: 'left', answer: 404, isMarked: true },
        }),
      ),
    ],
  },
  {
    part: 'API',
    right: [
      { ...usual, name: 'is not asked' },
      aided(['api'], way('is asked about what is open', asking({}))),
      aided(['api', 'prepare'], way('is asked about orders that are made', asking({}))),
      aided(
        ['api', 'prepare'],
        way(
          'is asked about what a web hook told of',
          asking({ asksAbout: (at) => at !== undefined }),
        ),
      ),
      aided(['api'], way('alone is believed', asking({ believes: 'api' }))),
    ],
    wrong: [
      aided(['api'], wrong('is not asked at all', HEALS, { asking: undefined })),
      aided(['api'], wrong('is asked without a token', HEALS, asking({ hasToken: false }))),
      aided(
        ['api'],
        wrong('is asked about what is pending alone', HEALS, asking({ asksAbout: isPending })),
      ),
      aided(['api'], {
        ...wrong(
          'is not asked about what is frozen',
          HEALS,
          asking({ asksAbout: (at) => at === undefined || !isFrozen(at) }),
        ),
        usual: ['kinds', 'credit'],
      }),
      aided(['api'], {
        ...wrong('counts, and its web hook again', /^recovery\/heals-once/, {
          ...asking({ remembers: false }),
        }),
        usual: ['order', 'state'],
      }),
    ],
  },
  {
    part: 'state',
    right: [
      { ...usual, name: 'the order with its resources' },
      way('the resource', { view: byId }),
      way('a word and an amount', { view: flat }),
      way('a word and an amount in thousands', { view: grouped }),
      way('a word, an amount as a number, and what Inqud says was paid', { view: mirroring }),
      way('words of its own', { view: ownWords }),
      way('a list', { view: listed }),
      way('statuses by id, and a list of credits', { view: ledger }),
      way('text', { view: asText }),
      way('a table of psql', { view: asTable }),
      way('CSV', { view: asCsv }),
      way('a page with a table', { view: asPage }),
      way('a page for people', { view: asPageOfOne }),
      way('a word and an amount in a list', { view: asPairs }),
      way('records of mysql', { view: asRecords }),
      way('a booking on two accounts', { view: doubleEntry }),
      way('metrics', { view: asMetrics }),
      way('sentences', { view: asSentences }),
      way('a word and an amount with a comma', { view: withCommas }),
      way('a status, and access with the success', {
        view: withAccess((_, status) => /SUCCESS|ACTIVE|GRANTED/.test(status)),
      }),
    ],
    wrong: [
      {
        ...wrong('a status, and access as soon as a payment is seen', CREDITED_EARLY, {
          view: withAccess((_, status) => /SUCCESS|ACTIVE|GRANTED|DETECTED|PENDING/.test(status)),
        }),
        usual: ['kinds', 'order'],
      },
      {
        ...wrong('the last payment of the order alone', /^ordering\/payments-add-up/, {
          view: onePayment(-1),
        }),
        usual: ['kinds', 'balance'],
      },
      {
        ...wrong('the first payment of the order alone', /^ordering\/payments-add-up/, {
          view: onePayment(0),
        }),
        usual: ['kinds', 'balance'],
      },
    ],
  },
  {
    part: 'unknown order',
    right: [
      { ...usual, name: '404' },
      { name: '{}', ...viewing(emptyUnknown) },
      { name: 'a command that ends with 1', ...viewing(endedUnknown) },
    ],
    wrong: [],
  },
  {
    part: 'noise',
    right: [
      { ...usual, name: 'none' },
      { name: 'ids and times', ...viewing(withNoise) },
    ],
    wrong: [],
  },
  {
    part: 'balance',
    right: [
      { ...usual, name: 'not shown' },
      { name: 'of all orders', ...viewing(withBalance) },
    ],
    wrong: [],
  },
  {
    part: 'replicas',
    right: [{ ...usual, name: 'none' }, way('80 ms behind', { lagMs: 80 })],
    wrong: [],
  },
  {
    part: 'limit',
    right: [{ ...usual, name: 'none' }, way('429 above 12', { mostAtOnce: 12 }), above12(503)],
    wrong: [{ ...above12(500), named: /^acknowledgement\//, severity: 'should' }],
  },
];

/** The receiver that is put together from these ways, of which one may be wrong. */
export function modelOf(ways: readonly Way[]): Model {
  return ways.reduce((model, { change }) => change(model), CORRECT);
}

/** The names at the top of every body that Inqud documents. */
const KNOWN_KEYS = new Set(
  readdirSync(EVENTS, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.json'))
    .flatMap((path) => keysOf(readFileSync(new URL(path, EVENTS)))),
);

/** A digest that was right once for a resource is taken for right again. */
function rememberingDigests(): Model['isGenuine'] {
  const known = new Set<string>();
  return (digests, body, secret) => {
    const { id = '' } = eventIn(body) ?? {};
    const isRight = isGenuine(digests, body, secret);
    if (isRight) known.add(`${id} ${digests[0]}`);
    return isRight || (digests.length === 1 && known.has(`${id} ${digests[0]}`));
  };
}

/** The statuses that a life begins with. */
const FIRSTS = new Set(['NEW', 'WAITING_PAYMENT', 'INITIATED', 'GRANTED']);

/** A number that looks drawn by chance, and is the same for the same text. */
function sumOf(text: string): number {
  return [...text].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 65_521, 7);
}

function rankOf({ status }: InqudEvent): number {
  return statusNamed(status)?.rank ?? -1;
}

function isClosed({ status }: InqudEvent): boolean {
  return isFinal(statusNamed(status) ?? { rank: -1 });
}

function isDetected({ status }: InqudEvent): boolean {
  return ['PENDING', 'PENDING_PAYMENT', 'PAYMENT_DETECTED'].includes(status);
}

/** Credits what is detected, and then what its end is said to bring. */
function creditOfDetected(
  creditAtEnd: (event: InqudEvent) => string | undefined,
): Model['creditFor'] {
  const detected = new Set<string>();
  return (event) => {
    if (isDetected(event)) {
      detected.add(event.id);
      return event.amount;
    }
    return detected.has(event.id) && isClosed(event) ? creditAtEnd(event) : STRICT.creditFor(event);
  };
}

function isUnknown({ status }: InqudEvent): boolean {
  return statusNamed(status) === undefined;
}

/** Null in an early web hook of checkouts and requests, and in those of static addresses. */
const NULL_IN_SAMPLES = ['lastUpdatedAt', 'externalId'];
const OPTIONAL_FIELDS = [
  ['checkout', 'returnUrl'],
  ['request', 'convertPair'],
  ['payment', 'externalId'],
] as const;

/** Whether a body has such a member, with that value where one is given. */
function has(body: unknown, name: string, ...[value]: readonly unknown[]): boolean {
  if (typeof body !== 'object' || body === null || !(name in body)) return false;
  return value === undefined || Object.getOwnPropertyDescriptor(body, name)?.value === value;
}

function takingUnknownFor(status: string): Model['understood'] {
  return (event) => (isUnknown(event) ? { ...event, status } : event);
}

/** Who knows only the names of what is under way forgets what has just begun. */
function isPending(at: InqudEvent | undefined): boolean {
  return at !== undefined && /PENDING|DETECTED/.test(at.status);
}

function isFrozen({ status }: InqudEvent): boolean {
  return status === 'FROZEN';
}

/** Where a request, and a checkout, say that more was paid than was asked for. */
const OVERPAID: readonly (readonly string[])[] = [['overpaid'], ['request', 'overpaid']];

function isTrueAt(body: unknown, path: readonly string[]): boolean {
  return at(body, ...path) === true;
}

/** Checkouts are never frozen, and not every state says what was credited. */
function frozenOut(way: WrongWay): WrongWay {
  return { ...way, usual: ['kinds', 'credit', 'state', 'API'] };
}

/** Takes a second payment of an amount for the first come again. */
function creditOfUnequal(): Model['creditFor'] {
  const payers = new Map<string, string>();
  return (event) => {
    const amount = STRICT.creditFor(event);
    if (amount === undefined) return undefined;
    const key = `${orderOf(event)} ${amount}`;
    const payer = payers.get(key) ?? event.id;
    payers.set(key, payer);
    return payer === event.id ? amount : undefined;
  };
}

function creditOfUnfrozen(): Model['creditFor'] {
  const frozen = new Set<string>();
  return (event) => {
    if (isFrozen(event)) frozen.add(event.id);
    return frozen.has(event.id) ? undefined : STRICT.creditFor(event);
  };
}

/** A final status stays; of others the one that happened later counts, and a rank where no time tells. */
function laterWins(next: InqudEvent, recorded: InqudEvent): boolean {
  if (isClosed(recorded)) return false;
  const [time, before] = [timeOf(next), timeOf(recorded)];
  return time === before || isClosed(next) ? STRICT.supersedes(next, recorded) : time > before;
}

function timeOf({ happenedAt, body }: InqudEvent): string {
  return happenedAt ?? textAt(body, 'timestamp') ?? '';
}

/** Each rank only after the one before it; a final one after any but the first. */
function isNext(event: InqudEvent, recorded: InqudEvent | undefined): boolean {
  const rank = rankOf(event);
  if (recorded === undefined) return rank === 0 || rank === 1;
  return rank === rankOf(recorded) + 1 || (isClosed(event) && rankOf(recorded) > 0);
}

const FORGETFUL: Memory = { has: () => false, add: () => undefined };

function lastOnly(): Memory {
  let last: string | undefined;
  return {
    has: (key) => key === last,
    add: (key) => {
      last = key;
    },
  };
}

function lastFew(most: number): () => Memory {
  return () => {
    const keys: string[] = [];
    return {
      has: (key) => keys.includes(key),
      add: (key) => {
        keys.push(key);
        if (keys.length > most) keys.shift();
      },
    };
  };
}

export function forgettingAfter(ms: number): (clock: Clock) => Memory {
  return (clock) => {
    const times = new Map<string, number>();
    return {
      has: (key) => clock.monotonic() - (times.get(key) ?? Number.NEGATIVE_INFINITY) < ms,
      add: (key) => void times.set(key, clock.monotonic()),
    };
  };
}

function rounding(round: (amount: string) => string): Model['creditFor'] {
  return (event) => {
    const amount = STRICT.creditFor(event);
    return amount === undefined ? undefined : round(amount);
  };
}

/** A whole number of the smallest unit, of which one has so many decimals. */
function inUnits(amount: string, places: number): string {
  return shortText(rounded({ ...exactly(amount), scale: exactly(amount).scale - places }, 0));
}

function exactly(amount: string): ExactNumber {
  return parseExact(amount) ?? NOTHING;
}

function rewritten(body: Uint8Array): Buffer {
  try {
    return Buffer.from(JSON.stringify(JSON.parse(Buffer.from(body).toString())));
  } catch {
    return Buffer.from(body);
  }
}

function keysOf(body: Uint8Array): readonly string[] {
  const value: unknown = JSON.parse(Buffer.from(body).toString());
  return typeof value === 'object' && value !== null ? Object.keys(value) : [];
}
