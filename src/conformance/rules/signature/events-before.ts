import { answersTo } from '../../answers.js';
import { once } from '../../once.js';
import { deliver, type ScriptStep, scriptOf } from '../../script.js';
import { inTurn, meantKinds } from '../kinds.js';

/**
 * What the final event of the first kind is sent after, so that a refusal of it says something of its
 * signature: nothing where it is taken alone, else the events of its life before it.
 */
export const eventsBefore = once(async (laboratory): Promise<readonly ScriptStep[]> => {
  const [kind] = meantKinds(laboratory);
  if (kind === undefined) return [];
  const { end, events } = kind.main;
  const alone = scriptOf({ kind: kind.name, end }, [deliver(end)]);
  const { refused } = await answersTo(laboratory, alone);
  return refused === undefined ? [] : inTurn(events.slice(0, -1));
});
