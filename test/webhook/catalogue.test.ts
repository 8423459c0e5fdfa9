import { describe, expect, it } from 'vitest';
import { CATALOGUE, findKind, type Kind } from '../../src/webhook/catalogue.js';

const statusesOf = (kind: Kind) => kind.statuses.map(({ status }) => status);
const pathOf = (kind: Kind, wanted: string) =>
  kind.statuses.find(({ status }) => status === wanted)?.path;
const steps = (path: readonly string[]) => path.slice(1).map((to, index) => `${path[index]}>${to}`);

describe('the catalogue', () => {
  it('knows the nine kinds', () => {
    expect(CATALOGUE.kinds.map(({ kind }) => kind)).toEqual([
      'payment',
      'legacy-payment',
      'checkout',
      'request',
      'static-payment',
      'invoice',
      'authorization',
      'subscription',
      'on-ramp-checkout',
    ]);
  });

  it('tells of each payment status whether it is final', () => {
    const classes = findKind('payment')?.statuses.map((status) => [status.name, status.class]);
    expect(classes).toEqual([
      ['new', 'initial'],
      ['pending', 'intermediate'],
      ['frozen', 'intermediate'],
      ['partial-success', 'final'],
      ['success', 'final'],
      ['failed', 'final'],
      ['cancelled', 'final'],
      ['expired', 'final'],
    ]);
  });

  it('says that a kind it does not know is unknown', () => {
    expect(findKind('payment-intent')).toBeUndefined();
  });

  it('gives each fact a source', () => {
    const facts = [
      ...CATALOGUE.idPrefixes,
      ...CATALOGUE.timeFields,
      ...CATALOGUE.referenceFields,
      ...CATALOGUE.kinds.flatMap((kind) => [
        kind,
        kind.recognition,
        kind.dedupe,
        ...kind.statuses,
        ...kind.transitions,
        ...kind.manualTransitions,
      ]),
    ];
    expect(facts.filter(({ source }) => !/^(?:\/[a-z]|[a-z])/.test(source))).toEqual([]);
  });

  it('names no prefix and no field twice', () => {
    const names = [
      ...CATALOGUE.idPrefixes.map(({ prefix }) => prefix),
      ...CATALOGUE.timeFields.map(({ field }) => field),
      ...CATALOGUE.referenceFields.map(({ field }) => field),
    ];
    expect(new Set(names).size).toBe(names.length);
  });
});

describe.each(CATALOGUE.kinds)('the life of a $kind', (kind) => {
  it('has one initial status, and no status twice', () => {
    expect(kind.statuses.filter((status) => status.class === 'initial')).toHaveLength(1);
    expect(new Set(statusesOf(kind)).size).toBe(kind.statuses.length);
  });

  it('moves only between statuses that exist', () => {
    const named = [
      ...kind.transitions.flatMap(({ from, to }) => [from, to]),
      ...kind.manualTransitions.flatMap(({ from, to }) => [...from, ...to]),
      ...kind.statuses.flatMap((status) => status.earlier.map((earlier) => earlier.status)),
    ];
    expect(named.filter((status) => !statusesOf(kind).includes(status))).toEqual([]);
  });

  it('never leaves a final status but by hand', () => {
    const finals = kind.statuses.filter((status) => status.class === 'final');
    const final = finals.map(({ status }) => status);
    expect(kind.transitions.filter(({ from }) => final.includes(from))).toEqual([]);
    expect(kind.manualTransitions.flatMap(({ from }) => from)).toEqual(
      kind.manualTransitions.length === 0 ? [] : final,
    );
  });

  it('reaches each status by legal transitions from the initial one', () => {
    const legal = kind.transitions.map(({ from, to }) => `${from}>${to}`);
    for (const { status, path } of kind.statuses) {
      expect(path[0]).toBe(kind.statuses.find((first) => first.class === 'initial')?.status);
      expect(path.at(-1)).toBe(status);
      expect(steps(path).filter((step) => !legal.includes(step))).toEqual([]);
    }
  });

  it('has one way to each status, so an event has the same number in every life', () => {
    for (const { path } of kind.statuses) {
      path.forEach((status, index) => {
        expect(pathOf(kind, status)).toEqual(path.slice(0, index + 1));
      });
    }
  });

  it('changes only earlier events of the same life', () => {
    for (const { path, earlier } of kind.statuses) {
      expect(path.slice(0, -1)).toEqual(
        expect.arrayContaining(earlier.map((difference) => difference.status)),
      );
    }
  });

  it('ends by default in its success, or in another final status if it has none', () => {
    const end = kind.statuses.find(({ status }) => status === kind.defaultEnd);
    const success = kind.statuses.find(({ outcome }) => outcome === 'success');
    expect(end?.class).toBe('final');
    expect(end).toBe(success ?? end);
  });

  it('gives outcomes to final statuses alone', () => {
    const odd = kind.statuses.filter((status) => status.outcome && status.class !== 'final');
    expect(odd).toEqual([]);
  });
});
