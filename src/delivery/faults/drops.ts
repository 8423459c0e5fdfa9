import type { Fault } from './fault.js';
import type { DropsShape } from './shapes.js';

/** Events that are lost before anyone has tried to send them: no receiver can help that. */
export const drops: Fault<DropsShape> = {
  key: 'drops',
  off: 0,
  flag: {
    name: 'drops',
    usage: '--drops <rate>',
    help: 'events that are never sent',
    takes: 'rate',
  },
  dropping: (chance) => {
    const rate = chance.faults.drops;
    return rate === 0 ? undefined : (located) => chance.draw('drop', located, 0) < rate;
  },
  counts: [
    {
      name: 'dropped',
      of: 'dropped',
      words: { one: 'dropped', many: 'dropped' },
    },
  ],
};
