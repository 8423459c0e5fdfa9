import { describe, expect, it } from 'vitest';
import { diagnosisCatalogue } from '../../src/diagnosis/catalogue.js';
import { readCases } from './case.js';

const ids = (kind: 'cause' | 'suspicion') =>
  diagnosisCatalogue.filter((entry) => entry.kind === kind).map(({ id }) => id);

describe('the catalogue of mistakes', () => {
  it('names no mistake twice', () => {
    expect(new Set(ids('cause')).size).toBe(ids('cause').length);
    expect(new Set(ids('suspicion')).size).toBe(ids('suspicion').length);
  });

  it('has an example of every cause among the fixtures', () => {
    const shown = new Set(readCases().flatMap(({ cause }) => cause?.split('+') ?? []));
    expect(ids('cause').filter((id) => !shown.has(id))).toEqual([]);
  });

  it('has an example of every suspicion among the fixtures', () => {
    const shown = new Set(readCases().flatMap(({ suspicion }) => suspicion ?? []));
    expect(ids('suspicion').filter((id) => !shown.has(id))).toEqual([]);
  });

  it.each(diagnosisCatalogue)('puts $id into whole sentences', ({ id, area, explanation, fix }) => {
    expect(id).toMatch(/^(body|capture|digest|secret)\/[a-z0-9-]+$/);
    expect(id.startsWith(`${area}/`)).toBe(true);
    expect(explanation).toMatch(/^The .*\.$/);
    expect(fix).toMatch(/^[A-Z].*\.$/);
    expect(`${explanation}${fix}`).not.toMatch(/[!\n]|failed to/);
  });
});
