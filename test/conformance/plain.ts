import type { Exchange } from '../../src/conformance/lab/exchange.js';
import {
  contrastLife,
  type KindUnderTest,
  mainLife,
  type Profile,
} from '../../src/conformance/profile.js';
import type { Leaves } from '../../src/conformance/state/leaves.js';
import type { Outcome } from '../../src/ports.js';
import { findKind, type Kind } from '../../src/webhook/catalogue.js';

export function kindNamed(name: string): Kind {
  const kind = findKind(name);
  if (kind === undefined) throw new Error(`There is no ${name}.`);
  return kind;
}

/** A kind that the receiver takes, seen where there is a profile. */
export function underTest(name: string, profile?: Profile): KindUnderTest {
  const kind = kindNamed(name);
  const lives = { main: mainLife(kind), contrast: contrastLife(kind) };
  return { kind, name, ...lives, profile, blind: undefined, moves: true };
}

/** A state by its paths; a list where a path has several values. */
export function leavesOf(values: Readonly<Record<string, string | readonly string[]>>): Leaves {
  return new Map(
    Object.entries(values).map(([path, texts]) => [
      path,
      typeof texts === 'string' ? [texts] : texts,
    ]),
  );
}

export function answered(status: number, ms = 1): Outcome {
  return { kind: 'responded', status, ms };
}

/** A POST of the first event of a checkout, where nothing else is said. */
export function exchangeOf(outcome: Outcome, more: Partial<Exchange> = {}): Exchange {
  return {
    step: 0,
    kind: 'checkout',
    delivery: { resource: 0, event: 'new', answer: 'awaited' },
    retry: 0,
    outcome,
    writtenMs: 0,
    endMs: 0,
    underWay: 1,
    ...more,
  };
}
