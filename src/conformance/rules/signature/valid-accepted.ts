import type { Laboratory } from '../../laboratory.js';
import { fail, inconclusive, pass, type Rule, SOURCES, type Verdict } from '../../rule.js';

export const signatureValidAccepted: Rule = {
  id: 'signature/valid-accepted',
  severity: 'must',
  title: 'A genuine web hook is answered 200',
  source: SOURCES.verification,
  advice:
    'Compute HMAC-SHA1 in lower-case hexadecimal over the raw body with the secret of this web hook; a framework that parses the body first often loses the raw bytes.',
  needs: [],
  when: 'side-by-side',
  tellsFromAnswers: true,
  run,
};

function run({ kinds, skippedKinds, lab }: Laboratory): Promise<Verdict> {
  if (kinds.length > 0) {
    return Promise.resolve(pass(`Answered 200: ${kinds.map(({ name }) => name).join(', ')}.`));
  }
  const connected = lab.log.some(({ outcome }) => outcome.kind !== 'unreachable');
  if (!connected) return Promise.resolve(inconclusive('The receiver cannot be reached.'));
  const isAnswered = lab.log.some(({ outcome }) => outcome.kind === 'responded');
  if (!isAnswered) {
    return Promise.resolve(inconclusive('No web hook was answered: see acknowledgement.'));
  }
  const reasons = grouped(skippedKinds).join('; ');
  return Promise.resolve(fail(`No kind of web hook is answered 200. ${reasons}.`));
}

/** Kinds that are refused in the same way are said once. */
function grouped(skippedKinds: Laboratory['skippedKinds']): readonly string[] {
  const kindsOf = new Map<string, string[]>();
  for (const { kind, answer } of skippedKinds) {
    kindsOf.set(answer, [...(kindsOf.get(answer) ?? []), kind]);
  }
  return [...kindsOf].map(([answer, kinds]) => `${kinds.join(', ')}: ${answer}`);
}
