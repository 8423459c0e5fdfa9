import { describe, expect, it } from 'vitest';
import { diagnosisCatalogue } from '../../src/diagnosis/catalogue.js';
import { diagnose } from '../../src/diagnosis/diagnose.js';
import { conflictingHeaders } from '../../src/diagnosis/digest/conflicting-headers.js';
import { readCases } from './cases.js';

const cases = readCases();
const mistakes = cases.filter(({ cause }) => cause !== undefined);
const riddles = cases.filter(({ cause }) => cause === undefined);

describe('a mistake is named', () => {
  it.each(mistakes)('$id: $note', ({ entry, options, cause }) => {
    const found = diagnose(entry, options);
    expect(found.cause?.id).toBe(cause);
    expect(found.suspicion).toBeUndefined();
    expect(found.cut).toBe(false);
  });
});

describe('what cannot be shown has no cause, at most a suspicion', () => {
  it.each(riddles)('$id: $note', ({ entry, options, suspicion }) => {
    const found = diagnose(entry, options);
    expect(found.cause).toBeUndefined();
    expect(found.suspicion?.id).toBe(suspicion);
  });
});

describe('the cases are complete', () => {
  const causes = new Set(mistakes.flatMap(({ cause }) => cause?.split('+')));
  const suspicions = new Set(riddles.map(({ suspicion }) => suspicion));

  /** Headers are not looked at by a search: that two of them differ is seen before. */
  const searched = diagnosisCatalogue.filter(({ id }) => id !== conflictingHeaders.id);

  it.each(searched)('a case shows the $kind $id', ({ kind, id }) => {
    expect(kind === 'cause' ? [...causes] : [...suspicions]).toContain(id);
  });

  it('and has every cause on its own', () => {
    const alone = new Set(mistakes.map(({ cause }) => cause));
    for (const { id } of searched.filter(({ kind }) => kind === 'cause')) {
      expect([...alone]).toContain(id);
    }
  });
});

it('every explanation and every fix is a sentence', () => {
  for (const { entry, options } of cases) {
    const { cause, suspicion } = diagnose(entry, options);
    const said = cause ?? suspicion;
    if (said === undefined) continue;
    expect(said.explanation).toMatch(/^[A-Z].*[.)]$/s);
    expect(said.fix).toMatch(/^[A-Z].*\.$/s);
  }
});
