import { Duplex } from 'node:stream';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Places } from '../../../src/servers/http/places.js';

class Peer extends Duplex {
  owed = 0;
  override _read() {}
}

type Move = { readonly what: 'come' | 'owe' | 'settle' | 'go'; readonly who: number };

const move: fc.Arbitrary<Move> = fc.record({
  what: fc.constantFrom(
    'come' as const,
    'come' as const,
    'owe' as const,
    'settle' as const,
    'go' as const,
  ),
  who: fc.nat(),
});

test('there are never more than allowed, nobody owed an answer is sent away, and a newcomer finds a place unless all are', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 1, max: 4 }),
      fc.array(move, { maxLength: 60 }),
      async (most, moves) => {
        const places = new Places(most);
        const peers: Peer[] = [];
        const open = () => peers.filter((peer) => !peer.destroyed);
        for (const { what, who } of moves) {
          const peer = open()[who % Math.max(1, open().length)];
          if (what === 'come') {
            const allBusy = open().length === most && open().every(({ owed }) => owed > 0);
            const newcomer = new Peer();
            expect(places.take(newcomer)).toBe(!allBusy);
            if (!allBusy) peers.push(newcomer);
          } else if (peer !== undefined && what === 'owe') {
            places.owe(peer);
            peer.owed += 1;
          } else if (peer !== undefined && what === 'settle' && peer.owed > 0) {
            places.settle(peer);
            peer.owed -= 1;
          } else if (peer !== undefined && what === 'go') {
            peer.owed = 0;
            peer.destroy();
            await new Promise((closed) => peer.once('close', closed));
          }
          expect(open().length).toBeLessThanOrEqual(most);
          expect(peers.filter(({ owed, destroyed }) => owed > 0 && destroyed)).toEqual([]);
        }
      },
    ),
  );
});

test('the one that has waited longest makes room', () => {
  const places = new Places(2);
  const [first, second, third] = [new Peer(), new Peer(), new Peer()];
  places.take(first);
  places.take(second);
  places.owe(first);
  places.settle(first);
  places.take(third);
  expect([first, second, third].map(({ destroyed }) => destroyed)).toEqual([false, true, false]);
});
