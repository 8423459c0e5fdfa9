import type { Laboratory } from '../../laboratory.js';
import type { KindUnderTest } from '../../profile.js';
import { type Rule, type RuleVerdict, SOURCES } from '../../rule.js';
import { judgeChangedBodies } from './changed-bodies.js';

/**
 * The examples of Inqud's documentation have times without a fraction of a second, and with two, three
 * and nine digits of it.
 */
export const payloadTimeForms: Rule = {
  id: 'payload/time-forms',
  severity: 'should',
  title: 'Times are read with any number of digits',
  source: SOURCES.webHooks,
  advice:
    'Read times with a library that takes any fraction of a second, or none, and compare them as times, not as texts.',
  needs: [],
  when: 'side-by-side',
  run,
};

function run(laboratory: Laboratory): Promise<RuleVerdict> {
  const what = 'A web hook whose times have other digits is not taken as it should be.';
  return judgeChangedBodies(laboratory, (kind) => otherForms(laboratory, kind), what);
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
