import type { SkippedKind } from '../../calibration/skipped-kind.js';
import { isGenuine, isOk } from '../../lab/exchange.js';
import { whyOver } from '../../lab/standing.js';
import type { Laboratory } from '../../laboratory.js';
import { adviceFor, refusalOf } from '../../refusal.js';
import { fail, inconclusive, pass, type Rule, type RuleVerdict, SOURCES } from '../../rule.js';

export const signatureValidAccepted: Rule = {
  id: 'signature/valid-accepted',
  severity: 'must',
  title: 'A genuine web hook is answered 200',
  source: SOURCES.verification,
  advice:
    'Compute HMAC-SHA1 in lower-case hexadecimal over the raw body with the secret of this web hook; a framework that parses the body first often loses the raw bytes. See that the receiver has the secret: a variable that is not set is an empty one.',
  needs: [],
  when: 'side-by-side',
  tellsFromAnswers: true,
  run,
};

function run({ kinds, skippedKinds, lab }: Laboratory): Promise<RuleVerdict> {
  if (kinds.length > 0) {
    return Promise.resolve(pass(`Taken: ${kinds.map(({ name }) => name).join(', ')}.`));
  }
  const inPart = skippedKinds.filter(({ takenInPart }) => takenInPart);
  if (inPart.length > 0) {
    return Promise.resolve(pass(`Taken in part: ${inPart.map(({ kind }) => kind).join(', ')}.`));
  }
  if (lab.signal.aborted || lab.standing.fall?.kind === 'unread') {
    return Promise.resolve(inconclusive(whyOver(lab)));
  }
  const genuine = lab.log.filter(isGenuine);
  if (lab.isOver && genuine.some((exchange) => isOk(exchange.outcome))) {
    return Promise.resolve(pass('Taken, until the receiver answered no more.'));
  }
  const [usual, ...others] = refusalsOf(skippedKinds);
  const outcome = usual?.outcome ?? genuine[0]?.outcome;
  if (outcome === undefined) return Promise.resolve(inconclusive('No web hook was answered.'));
  const isReached = lab.log.some((exchange) => exchange.outcome.kind !== 'unreachable');
  if (!isReached) {
    return Promise.resolve(inconclusive(['The receiver cannot be reached.', refusalOf(outcome)]));
  }
  const evidence = [
    'No genuine web hook is answered 200.',
    refusalOf(outcome),
    ...others.map(({ kinds: names, came }) => {
      return { code: 'kinds-answered', kinds: names, came } as const;
    }),
  ];
  return Promise.resolve(fail(evidence, undefined, adviceFor(outcome, lab.makesOrders)));
}

/** Kinds that are refused in the same way are one refusal, the most frequent first. */
function refusalsOf(skippedKinds: Laboratory['skippedKinds']) {
  const byAnswer = new Map<string, { readonly kinds: string[]; readonly first: SkippedKind }>();
  for (const skipped of skippedKinds) {
    const key = JSON.stringify(skipped.came);
    const known = byAnswer.get(key);
    if (known === undefined) byAnswer.set(key, { kinds: [skipped.kind], first: skipped });
    else known.kinds.push(skipped.kind);
  }
  return [...byAnswer.values()]
    .map(({ kinds, first }) => ({ kinds, came: first.came, outcome: first.outcome }))
    .sort((one, other) => other.kinds.length - one.kinds.length);
}
