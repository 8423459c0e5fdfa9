import { expect, it } from 'vitest';
import { careful, type Moment } from '../../shop.js';
import { toldOfModel, toldOfShop } from '../../told.js';

const RULE = 'payload/time-forms';

it('a receiver that reads any time is right', async () => {
  expect((await toldOfShop(RULE)).status).toBe('pass');
});

it('one that wants nine digits refuses others', async () => {
  const told = await toldOfShop(RULE, {
    before: (moment) => (hasOtherTime(moment) ? { status: 400 } : undefined),
  });
  expect(told).toMatchObject({
    status: 'fail',
    severity: 'should',
    evidence:
      'A web hook whose times have other digits is not taken as it should be. It is answered 400.',
  });
  expect(told.story?.timeline.at(-1)).toMatch(/lastUpdatedAt="[\d:T-]+Z"/);
});

it('so does one that answers 200, and does nothing', async () => {
  const odd = new Set<string>();
  const told = await toldOfShop(RULE, {
    before: (moment) => {
      if (moment.event !== undefined && hasOtherTime(moment)) odd.add(moment.event.id);
      return undefined;
    },
    handle: (order, event) => (odd.has(event.id) ? order : careful(order, event)),
  });
  expect(told).toMatchObject({ status: 'fail', severity: 'should' });
  expect(told.story?.state).toContain('status    expected "SUCCESS", is "NEW"');
});

it('one that keeps seconds alone takes what came in the same second for stale', async () => {
  const seconds = (time: string) => time.slice(0, 19);
  const told = await toldOfModel(RULE, {
    supersedes: (next, recorded) =>
      seconds(next.happenedAt ?? '') > seconds(recorded.happenedAt ?? ''),
  });
  expect(told).toMatchObject({
    status: 'fail',
    severity: 'should',
    evidence: 'A web hook that happened in the same second as the one before did not count.',
  });
});

function hasOtherTime({ event, text }: Moment): boolean {
  return event?.status === 'SUCCESS' && !/"lastUpdatedAt":"[\d:T-]+\.\d{9}Z"/.test(text);
}
