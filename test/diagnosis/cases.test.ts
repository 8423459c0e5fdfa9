import { describe, expect, it } from 'vitest';
import { createDiagnoser, diagnose } from '../../src/diagnosis/diagnose.js';
import { type DiagnosisCase, inputOf, optionsOf, readCases, saidOf } from './case.js';

const cases = readCases();

describe('every mistake in the fixtures is named', () => {
  it.each(cases)('$name', (given: DiagnosisCase) => {
    const diagnosis = diagnose(inputOf(given), optionsOf(given));
    expect(saidOf(diagnosis)).toEqual({ cause: given.cause, suspicion: given.suspicion });
  });
});

describe('what explained one entry explains the next of its kind', () => {
  it.each(cases.filter(({ cause }) => cause !== undefined))('$name', (given: DiagnosisCase) => {
    const diagnoser = createDiagnoser(optionsOf(given));
    const first = diagnoser(inputOf(given));
    const second = diagnoser(inputOf(given));
    expect(second.cause).toEqual(first.cause);
    expect(second.tried).toBe(1);
  });
});
