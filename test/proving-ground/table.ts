import type { Verdict } from './verdict-of.js';

/** What came of one sampled receiver. */
export interface Proof extends Verdict {
  readonly number: number;
  /** `part: way`; undefined for a correct receiver. */
  readonly wrong: string | undefined;
  /** Its fewest unusual choices. */
  readonly unusual: string;
}

/** At least so many of a hundred broken receivers are named, and in the right area. */
const NAMED = 98;
const RIGHT_AREA = 95;

/** The table that is committed, and whether it proves what it has to. */
export function proofTable(
  proofs: readonly Proof[],
  { seed, ms }: { readonly seed: string; readonly ms: number },
): { readonly text: string; readonly isProven: boolean } {
  const correct = proofs.filter(({ wrong }) => wrong === undefined);
  const broken = proofs.filter(({ wrong }) => wrong !== undefined);
  const accused = correct.filter(({ kind }) => kind === 'accused');
  const untold = correct.filter(({ kind }) => kind === 'untold');
  const named = broken.filter(({ kind }) => kind !== 'missed');
  const rightly = broken.filter(({ kind }) => kind === 'right');
  const share = (some: readonly Proof[]) =>
    broken.length === 0 ? 100 : (some.length / broken.length) * 100;
  const isProven =
    accused.length + untold.length === 0 && share(named) >= NAMED && share(rightly) >= RIGHT_AREA;
  const lines = [
    `${proofs.length} receivers of seed ${seed} in ${(ms / 1_000).toFixed(0)} s.`,
    '',
    `Correct: ${correct.length}, of which ${accused.length} accused and ${untold.length} untold.`,
    `Broken: ${broken.length}, of which ${share(named).toFixed(1)} % named and ${share(rightly).toFixed(1)} % in the right area.`,
    '',
    '| wrong way | sampled | named | right area |',
    '| --- | --- | --- | --- |',
    ...rowsOf(broken),
    '',
    ...[...accused, ...untold, ...broken.filter(({ kind }) => kind !== 'right')].map(
      sentenceOf(seed),
    ),
  ];
  return { text: `${lines.join('\n')}\n`, isProven };
}

function rowsOf(broken: readonly Proof[]): readonly string[] {
  const ways = [...new Set(broken.map(({ wrong = '' }) => wrong))].sort();
  return ways.map((way) => {
    const of = broken.filter(({ wrong }) => wrong === way);
    const named = of.filter(({ kind }) => kind !== 'missed').length;
    const rightly = of.filter(({ kind }) => kind === 'right').length;
    return `| ${way} | ${of.length} | ${named} | ${rightly} |`;
  });
}

const WORDS: Readonly<Record<Verdict['kind'], string>> = {
  right: 'is judged rightly',
  accused: 'is correct, and accused of',
  untold: 'is correct, and not told of',
  missed: 'is broken, and fails no must; other findings:',
  elsewhere: 'is broken, and named elsewhere:',
};

const sentenceOf =
  (seed: string) =>
  ({ number, kind, unusual, rules }: Proof): string =>
    `- ${number} ${WORDS[kind]} ${rules.join(', ') || 'none'}. Fewest unusual choices: ${unusual}. Again: npm run prove -- --seed ${seed} --number ${number}`;
