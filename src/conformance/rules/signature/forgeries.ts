import { answerOf, type Exchange, isLimited } from '../../lab/exchange.js';
import { FORGERIES, type Forgery, forgeryWords } from '../../lab/forge.js';
import { ONLY_LIMITED } from '../../lab/standing.js';
import type { Laboratory } from '../../laboratory.js';
import { fail, inconclusive, pass, type Rule, type RuleVerdict, SOURCES } from '../../rule.js';
import { deliver, scriptOf } from '../../script.js';

type ForgeryAnswers = ReadonlyMap<Forgery, Exchange>;

const asked = new WeakMap<Laboratory, Promise<ForgeryAnswers>>();

/** A rule that web hooks forged in these ways are refused. */
export function refusalRule(
  rule: Pick<Rule, 'id' | 'severity' | 'title' | 'advice'>,
  forgeries: readonly Forgery[],
): Rule {
  return {
    ...rule,
    source: SOURCES.verification,
    needs: [],
    when: 'side-by-side',
    run: (laboratory) => judgeRefusals(laboratory, forgeries),
  };
}

/** What the receiver answers to each forgery; asked once. */
export function answersToForgeries(laboratory: Laboratory): Promise<ForgeryAnswers> {
  const known = asked.get(laboratory);
  if (known !== undefined) return known;
  const made = askAll(laboratory);
  asked.set(laboratory, made);
  return made;
}

/** Whether a forged web hook was turned away, in whatever words. */
export function isRefused({ outcome }: Exchange): boolean {
  return outcome.kind === 'responded' && (outcome.status < 200 || outcome.status > 299);
}

async function askAll(laboratory: Laboratory): Promise<ForgeryAnswers> {
  const { lab, gate } = laboratory;
  const kind = laboratory.kinds.find(({ profile }) => profile !== undefined) ?? laboratory.kinds[0];
  if (kind === undefined) return new Map();
  const { end } = kind.main;
  const exchanges = FORGERIES.map(async (forge) => {
    const script = scriptOf({ kind: kind.name, end }, [deliver(end, 0, { forge })]);
    let [made] = (await gate.shared(() => lab.execute(script))).exchanges;
    if (made !== undefined && isUnreachable(made) && !lab.isOver) {
      [made] = (await gate.calm(() => lab.execute(script))).exchanges;
    }
    return made === undefined ? [] : [[forge, made] as const];
  });
  return new Map((await Promise.all(exchanges)).flat());
}

async function judgeRefusals(
  laboratory: Laboratory,
  forgeries: readonly Forgery[],
): Promise<RuleVerdict> {
  const answers = await answersToForgeries(laboratory);
  const made = forgeries.flatMap((forgery) => {
    const exchange = answers.get(forgery);
    return exchange === undefined ? [] : [{ forgery, exchange }];
  });
  if (made.length === 0) return inconclusive('No valid web hook is answered 200.');
  if (made.some(({ exchange }) => isLimited(exchange))) {
    return inconclusive(ONLY_LIMITED);
  }
  if (made.some(({ exchange }) => isUnreachable(exchange))) {
    return inconclusive('The receiver could not be reached.');
  }
  const other = answers.get('other-secret');
  const refusesElsewhere = other !== undefined && isClientError(other);
  for (const { forgery, exchange } of made) {
    const complaint = complaintOf(exchange, refusesElsewhere);
    if (complaint !== undefined) return fail(`${forgeryWords(forgery)}: ${complaint}`);
  }
  return pass(made.map(({ exchange }) => answerOf(exchange)).join(', '));
}

/** A receiver that always fails on a forgery chose so; one that fails on this one only breaks. */
function complaintOf(exchange: Exchange, refusesElsewhere: boolean): string | undefined {
  const { outcome } = exchange;
  if (outcome.kind === 'responded') {
    if (outcome.status < 300) return `answered ${outcome.status}, as if it were genuine.`;
    if (outcome.status < 500 || !refusesElsewhere) return undefined;
    return `answered ${outcome.status}: the check breaks instead of refusing.`;
  }
  if (!refusesElsewhere) return undefined;
  return `${answerOf(exchange)}: the check breaks instead of refusing.`;
}

/** Nothing was sent, so that nothing was refused. */
function isUnreachable({ outcome }: Exchange): boolean {
  return outcome.kind === 'unreachable';
}

function isClientError({ outcome }: Exchange): boolean {
  return outcome.kind === 'responded' && outcome.status >= 400 && outcome.status < 500;
}
