import { createDraw } from '../../delivery/draw.js';
import { HookError } from '../../errors.js';
import {
  type AnswerScript,
  type AnswerStep,
  createAnswerScript,
  LONGEST_DELAY_MS,
} from '../../listening/answer-script.js';
import { duration } from '../../report/time.js';
import { INQUD_TIMEOUT_MS } from '../../webhook/scheme.js';
import type { World } from '../world.js';
import type { ListenFlags } from './flags.js';

/** How a listener answers, and what chance was drawn from where there is any. */
export interface ListenScript {
  readonly script: AnswerScript;
  readonly seed: string | undefined;
}

/** Reads the script that the flags ask for. */
export async function scriptFrom(flags: ListenFlags, world: World): Promise<ListenScript> {
  const { delay: delayMs = 0, dropConnection: rate } = flags;
  if (delayMs > LONGEST_DELAY_MS) {
    throw new HookError(
      'bad-flag',
      'The longest delay is 1h.',
      `Inqud gives up after ${duration(INQUD_TIMEOUT_MS)}.`,
    );
  }
  const steps = await stepsFrom(flags, world);
  if (rate === undefined) {
    return { script: createAnswerScript({ steps, delayMs, drops: () => false }), seed: undefined };
  }
  const seed = flags.seed ?? world.draw();
  const draw = createDraw(seed);
  const drops = (event: number) => draw('lost-ack', { batch: 0, resource: 0, event }, 1) < rate;
  return { script: createAnswerScript({ steps, delayMs, drops }), seed };
}

async function stepsFrom(flags: ListenFlags, world: World): Promise<readonly AnswerStep[]> {
  if (flags.respondFrom === undefined) return (flags.respond ?? []).map((status) => ({ status }));
  const { parseRespondFile } = await import('../../listening/respond-file.js');
  const bytes = await world.files.read(flags.respondFrom);
  return parseRespondFile(new TextDecoder().decode(bytes), flags.respondFrom);
}
