import { createComposer } from '../../delivery/composer.js';
import { indexEvents } from '../../delivery/event-index.js';
import { type NewField, newFields } from '../../delivery/new-fields.js';
import { makePlan } from '../../delivery/plan-request.js';
import { readSamples } from '../../delivery/read-samples.js';
import { HookError } from '../../errors.js';
import { parseEventName } from '../../webhook/kinds/names.js';
import { seedOfNow, timeInSeed } from '../seed.js';
import type { World } from '../world.js';
import { SEND_FLAGS, type SendFlags } from './flags.js';

/** A body to send, and what it is when it is one of ours. */
export interface Letter {
  readonly event: string | undefined;
  readonly resource: string | undefined;
  readonly body: Uint8Array;
}

export interface Letters {
  readonly letters: Iterable<Letter>;
  /** The seed the ids come from; undefined for the user's own bodies. */
  readonly seed: string | undefined;
  readonly newFields: readonly NewField[];
}

/** What `send` sends: `--count` bodies, made as they are needed. */
export function letters(flags: SendFlags, world: World): Promise<Letters> {
  return flags.body === undefined
    ? sampleLetters(flags, world)
    : ownLetters(flags.body, flags, world);
}

async function sampleLetters(flags: SendFlags, world: World): Promise<Letters> {
  const { kind, status } = parseEventName(flags.event ?? SEND_FLAGS['What is sent:'].event.absent);
  const seed = flags.seed ?? seedOfNow(world);
  const plan = makePlan({
    lives: [{ kind: kind.kind, statuses: [status.name] }],
    resources: flags.count,
    set: flags.set,
    seed,
    epochMs: timeInSeed(seed),
  });
  const samples = await readSamples(plan, world.samples);
  const composer = createComposer(plan, samples, { headers: [], signer: undefined });
  const index = indexEvents(plan);
  const letterAt = (number: number): Letter => {
    const located = index.locate(flags.same === true ? 0 : number);
    return { ...composer.label(located), body: composer.compose(located).body };
  };
  return {
    seed,
    letters: counted(flags.count, letterAt),
    newFields: newFields(plan.batches, samples),
  };
}

async function ownLetters(source: string, flags: SendFlags, world: World): Promise<Letters> {
  const body = await readBody(source, world);
  const letter = { event: undefined, resource: undefined, body };
  return { seed: undefined, letters: counted(flags.count, () => letter), newFields: [] };
}

function readBody(source: string, world: World): Promise<Uint8Array> {
  if (source === '-') return world.stdin.read();
  if (source.startsWith('@')) return world.files.read(source.slice(1));
  throw new HookError(
    'bad-body',
    `--body takes @file or -, and \`${source.slice(0, 40)}\` is neither: shells change inline bodies.`,
    'Write the body to a file and send it with --body @file, or pipe it to --body -.',
  );
}

function* counted<Item>(count: number, make: (number: number) => Item): Iterable<Item> {
  for (let number = 0; number < count; number += 1) yield make(number);
}
