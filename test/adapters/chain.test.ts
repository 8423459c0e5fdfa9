import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Chain, type Link } from '../../src/adapters/chain.js';

function membersOf<Member>(chain: Chain<Member>): readonly Member[] {
  const members: Member[] = [];
  for (let link = chain.first; link !== undefined; link = link.after) members.push(link.member);
  return members;
}

test('members stay in the order in which they joined, whoever leaves, and however often', () => {
  const moves = fc.array(fc.oneof(fc.constant('add' as const), fc.nat(20)), { maxLength: 60 });
  fc.assert(
    fc.property(moves, (all) => {
      const chain = new Chain<number>();
      const links: Link<number>[] = [];
      const expected = new Set<number>();
      for (const [number, move] of all.entries()) {
        if (move === 'add') {
          links.push(chain.add(number));
          expected.add(number);
          continue;
        }
        const link = links[move];
        if (link === undefined) continue;
        chain.remove(link);
        expected.delete(link.member);
        expect([link.before, link.after]).toEqual([undefined, undefined]);
      }
      expect(membersOf(chain)).toEqual([...expected]);
    }),
  );
});
