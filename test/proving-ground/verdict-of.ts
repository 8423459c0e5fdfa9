import { CHOICES, modelOf } from './choices.js';
import { judge } from './judge.js';
import { aidsOf, type Sample, simplerSamples } from './sample.js';

/** What came of one receiver. */
export interface Verdict {
  readonly kind:
    | 'right'
    /** A correct receiver failed a rule. */
    | 'accused'
    /** A must of a correct receiver was not told. */
    | 'untold'
    /** A broken receiver failed nothing. */
    | 'missed'
    /** It failed, but none of the rules that lead to the mistake. */
    | 'elsewhere';
  /** Rules that failed or were not told. */
  readonly rules: readonly string[];
  readonly virtualMs: number;
}

/** Judges a receiver, and the verdict on it. */
export async function verdictOf(sample: Sample, seed: string): Promise<Verdict> {
  const ways = CHOICES.flatMap(({ part }) => sample.ways.get(part) ?? []);
  const seeded = `${seed} ${sample.number}`;
  const { results, virtualMs } = await judge(modelOf(ways), seeded, {
    aids: aidsOf(sample),
  });
  const failed = results.filter(({ verdict }) => verdict.status === 'fail');
  const ids = failed.map(({ rule }) => rule.id);
  if (sample.wrong === undefined) {
    const accused = failed.filter(({ rule }) => rule.severity !== 'advisory');
    if (accused.length > 0)
      return { kind: 'accused', rules: accused.map(({ rule }) => rule.id), virtualMs };
    const untold = results.filter(
      ({ rule, verdict }) => rule.severity === 'must' && verdict.status === 'inconclusive',
    );
    if (untold.length > 0)
      return { kind: 'untold', rules: untold.map(({ rule }) => rule.id), virtualMs };
    return { kind: 'right', rules: [], virtualMs };
  }
  const { named, severity } = sample.wrong.way;
  const counted = failed.filter(({ rule }) => severity !== undefined || rule.severity === 'must');
  if (counted.length === 0) return { kind: 'missed', rules: ids, virtualMs };
  const isNamed = counted.some(({ rule }) => named.test(rule.id));
  return { kind: isNamed ? 'right' : 'elsewhere', rules: ids, virtualMs };
}

/** The same fault with as few unusual choices as it takes. */
export async function shrunk(sample: Sample, seed: string, kind: Verdict['kind']): Promise<Sample> {
  for (const simpler of simplerSamples(sample)) {
    if ((await verdictOf(simpler, seed)).kind === kind) return shrunk(simpler, seed, kind);
  }
  return sample;
}
