import type { Fault, Mishap } from './fault.js';
import type { LostAck, LostAcksShape } from './shapes.js';

/** The sender never hears an answer, and sends again what the receiver may have done. */
export const lostAcks: Fault<LostAcksShape> = {
  key: 'lostAcks',
  off: 0,
  flag: {
    name: 'lostAcks',
    usage: '--lost-acks <rate>',
    help: 'answers the sender never hears',
    takes: 'rate',
  },
  chaos: ({ hasRetries }) => (hasRetries ? 0.15 : 0),
  striking: (chance) => {
    const rate = chance.faults.lostAcks;
    if (rate === 0) return undefined;
    return {
      sure: chance.sureAttempt(0),
      hits: (located, attempt) => chance.draw('lost-ack', located, attempt) < rate,
      mishap: () => UNHEARD,
    };
  },
  counts: [
    {
      name: 'lostAcks',
      of: 'fault',
      includes: ({ fault }) => fault?.kind === 'lost-ack',
      words: { one: 'lost ack', many: 'lost acks' },
    },
  ],
  remark: ({ fault }) => (fault?.kind === 'lost-ack' ? { words: 'ack lost' } : undefined),
};

const UNHEARD: Mishap<LostAck> = {
  instead: undefined,
  hidesAnswer: true,
  bringsNext: false,
  mark: ({ outcome }) => (outcome.kind === 'responded' ? { kind: 'lost-ack' } : undefined),
};
