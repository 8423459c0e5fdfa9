import type { Case } from '../../confirm.js';
import { judge } from '../../judge.js';
import type { Laboratory } from '../../laboratory.js';
import type { KindUnderTest, SeenKind } from '../../profile.js';
import { type Rule, type RuleVerdict, SOURCES } from '../../rule.js';
import type { ScriptStep } from '../../script.js';
import { inTurn, scriptFor, seenKinds } from '../kinds.js';
import { judgeChangedBodies } from './changed-bodies.js';

/**
 * The examples of Inqud's documentation have times without a fraction of a second, and with two, three
 * and nine digits of it.
 */
export const payloadTimeForms: Rule = {
  id: 'payload/time-forms',
  severity: 'should',
  title: 'Times are read with any number of digits, and to the last',
  source: SOURCES.webHooks,
  advice:
    'Read times with a library that takes any fraction of a second, or none, keep every digit, and compare them as times, not as texts.',
  needs: [],
  when: 'side-by-side',
  run,
};

async function run(laboratory: Laboratory): Promise<RuleVerdict> {
  const what = 'A web hook whose times have other digits is not taken as it should be.';
  const verdict = await judgeChangedBodies(
    laboratory,
    (kind) => otherForms(laboratory, kind),
    what,
  );
  const cases = seenKinds(laboratory).flatMap(closeCase);
  if (verdict.status !== 'pass' || cases.length === 0) return verdict;
  return judge(
    laboratory,
    cases,
    'A web hook that happened in the same second as the one before did not count.',
  );
}

/** So long after the one before it, in events: a tenth of a second or so. */
const CLOSE = 0.002;

/** The usual life, the end of which happens in the same second as what comes before. */
function closeCase(kind: SeenKind): readonly Case[] {
  const { events, end } = kind.main;
  if (events.length < 2 || kind.profile.deciding.length === 0) return [];
  const moment = events.length - 2 + CLOSE;
  const last = { resource: 0, event: end, answer: 'awaited', moment } as const;
  const steps: readonly ScriptStep[] = [
    ...inTurn(events.slice(0, -1)),
    { kind: 'send', deliveries: [last] },
  ];
  return [{ script: scriptFor(kind, kind.main, steps), measure: { kind: 'decided', events } }];
}

const TIME = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d+))?Z$/;
const DIGITS = [0, 2, 9, 3];

/** The times of the last body of a kind, each with another number of digits than it has there. */
function otherForms(
  { lab, offers }: Laboratory,
  { name, main }: KindUnderTest,
): { readonly set: readonly string[] } | undefined {
  const [subject] = offers.get(name)?.subjects ?? [];
  if (subject === undefined) return undefined;
  const body: unknown = JSON.parse(new TextDecoder().decode(lab.body(subject, main.end)));
  const set = timesIn(body, '').map(({ path, time }, index) => {
    const [, seconds, fraction = ''] = TIME.exec(time) ?? [];
    const others = DIGITS.filter((digits) => digits !== fraction.length);
    const digits = others[index % others.length] ?? 0;
    const rest = digits === 0 ? '' : `.${fraction.padEnd(digits, '0').slice(0, digits)}`;
    return `${path}="${seconds}${rest}Z"`;
  });
  return set.length === 0 ? undefined : { set };
}

interface TimeAt {
  readonly path: string;
  readonly time: string;
}

function timesIn(value: unknown, path: string): readonly TimeAt[] {
  if (typeof value === 'string') return TIME.test(value) ? [{ path, time: value }] : [];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, member]) =>
    timesIn(member, path === '' ? key : `${path}.${key}`),
  );
}
