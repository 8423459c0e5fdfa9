import { answerOf, type Exchange, isLimited } from '../../lab/exchange.js';
import { FORGERIES, type Forgery, forgeryWords } from '../../lab/forge.js';
import { ONLY_LIMITED } from '../../lab/standing.js';
import type { Laboratory } from '../../laboratory.js';
import { once } from '../../once.js';
import { type KindLife, type KindUnderTest, lifeOf } from '../../profile.js';
import { fail, inconclusive, pass, type Rule, type RuleVerdict, SOURCES } from '../../rule.js';
import { deliver, scriptOf } from '../../script.js';
import { inTurn, meantKinds, seenKinds } from '../kinds.js';
import { areNudges } from './nudge.js';

/** A forged web hook of a kind, and what came of it. */
interface Forged {
  readonly kind: KindUnderTest;
  /** Where the life ends that it is of. */
  readonly event: string;
  readonly forgery: Forgery;
  readonly exchange: Exchange;
}

interface ForgeryAnswers {
  readonly made: readonly Forged[];
  /** What is accepted is taken for mere nudges to ask the API. */
  readonly areNudges: boolean;
}

/** A receiver with less than so many lives a second is asked all forgeries of one kind. */
const SLOW_PER_SECOND = 10;
/** What tells most, for the other kinds of such a receiver. */
const FEW: readonly Forgery[] = ['missing', 'other-secret', 'accepted-before'];

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
export const answersToForgeries = once(askAll);

/** Whether a forged web hook was turned away, in whatever words. */
export function isRefused({ outcome }: Exchange): boolean {
  return outcome.kind === 'responded' && (outcome.status < 200 || outcome.status > 299);
}

/** Whether it was answered as if it were genuine. */
export function isAccepted({ outcome }: Exchange): boolean {
  return outcome.kind === 'responded' && outcome.status >= 200 && outcome.status < 300;
}

async function askAll(laboratory: Laboratory): Promise<ForgeryAnswers> {
  const { pace } = laboratory;
  const isSlow = (pace.perSecond ?? Number.POSITIVE_INFINITY) < SLOW_PER_SECOND;
  const all = kindsToForge(laboratory).flatMap((kind, index) => [
    ...(isSlow && index > 0 ? FEW : FORGERIES).map((forgery) => ask(laboratory, kind, forgery)),
    // A receiver may look at the digest of a success alone.
    ...otherLives(kind)
      .slice(0, isSlow ? 1 : undefined)
      .map((life) => ask(laboratory, kind, 'missing', life)),
  ]);
  const made = (await Promise.all(all)).filter((forged) => forged !== undefined);
  const accepted = new Map(
    seenKinds(laboratory).flatMap((seen) => {
      const forged = made.filter(
        ({ kind, exchange }) => kind.name === seen.name && isAccepted(exchange),
      );
      return forged.length === 0 ? [] : [[seen, forged] as const];
    }),
  );
  return { made, areNudges: await areNudges(laboratory, accepted) };
}

/** Lives that end otherwise, a failure first. */
function otherLives({ kind, main, contrast }: KindUnderTest): readonly KindLife[] {
  const lives = kind.statuses.map((status) => lifeOf(kind, status));
  const others = lives.filter(({ end }) => end !== main.end && end !== contrast.end);
  return contrast.end === main.end ? others : [contrast, ...others];
}

/** A kind that shows in the state comes first: it says most of what is slow. */
function kindsToForge(laboratory: Laboratory): readonly KindUnderTest[] {
  const kinds = meantKinds(laboratory);
  const isSeen = ({ profile }: KindUnderTest) => profile !== undefined;
  return [...kinds.filter(isSeen), ...kinds.filter((kind) => !isSeen(kind))];
}

async function ask(
  { lab, gate }: Laboratory,
  kind: KindUnderTest,
  forgery: Forgery,
  { end, events }: KindLife = kind.main,
): Promise<Forged | undefined> {
  const before = forgery === 'accepted-before' ? inTurn(events.slice(0, 1)) : [];
  const steps = [...before, deliver(end, 0, { forge: forgery })];
  const script = scriptOf({ kind: kind.name, end }, steps);
  const answer = async () =>
    (await lab.execute(script)).exchanges.findLast(({ step }) => step === before.length);
  let exchange = await gate.shared(answer);
  if (exchange !== undefined && isUnreachable(exchange) && !lab.isOver) {
    exchange = await gate.calm(answer);
  }
  return exchange && { kind, event: end, forgery, exchange };
}

async function judgeRefusals(
  laboratory: Laboratory,
  forgeries: readonly Forgery[],
): Promise<RuleVerdict> {
  const answers = await answersToForgeries(laboratory);
  const made = answers.made.filter(({ forgery }) => forgeries.includes(forgery));
  if (made.length === 0) return inconclusive('No valid web hook is answered 200.');
  const complaints = made.flatMap((forged) => {
    const complaint = complaintOf(forged.exchange, refusesElsewhere(answers, forged));
    return complaint === undefined ? [] : [{ ...forged, complaint }];
  });
  const told = answers.areNudges
    ? complaints.filter(({ exchange }) => !isAccepted(exchange))
    : complaints;
  const [first] = told;
  if (first !== undefined) {
    const { forgery, complaint } = first;
    return fail(`${forgeryWords(forgery)}${whichOf(told, made)}: ${complaint}`);
  }
  if (made.some(({ exchange }) => isLimited(exchange))) return inconclusive(ONLY_LIMITED);
  if (made.some(({ exchange }) => isUnreachable(exchange))) {
    return inconclusive('The receiver could not be reached.');
  }
  const heard = [...new Set(made.map(({ exchange }) => answerOf(exchange)))].join(', ');
  if (complaints.length > 0) {
    return pass(`${heard}: a nudge to ask the API, see signature/nudges-signed.`);
  }
  const kinds = kindsOf(made);
  return pass(`${heard} (${kinds} ${kinds === 1 ? 'kind' : 'kinds'})`);
}

/** The kinds that were accepted, or the events, where it was not all of them. */
function whichOf(told: readonly Forged[], made: readonly Forged[]): string {
  const isOfMain = told.some(({ kind, event }) => event === kind.main.end);
  if (!isOfMain) {
    const events = told.map(({ kind, event }) => `${kind.name}.${event}`);
    const more = events.length > MOST_NAMED ? ', …' : '';
    return ` (${events.slice(0, MOST_NAMED).join(', ')}${more})`;
  }
  const kinds = new Set(told.map(({ kind }) => kind.name));
  return kinds.size < kindsOf(made) ? ` (${[...kinds].join(', ')})` : '';
}

const MOST_NAMED = 3;

function kindsOf(made: readonly Forged[]): number {
  return new Set(made.map(({ kind }) => kind.name)).size;
}

/** A digest under another secret is refused as it should be. */
function refusesElsewhere({ made }: ForgeryAnswers, { kind }: Forged): boolean {
  const other = made.find((one) => one.kind === kind && one.forgery === 'other-secret');
  return other !== undefined && isClientError(other.exchange);
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
