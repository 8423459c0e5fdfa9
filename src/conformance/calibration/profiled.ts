import type { Kind } from '../../webhook/catalogue.js';
import { Gate } from '../lab/gate.js';
import type { Lab } from '../lab/lab.js';
import { contrastLife, type KindLife, type KindUnderTest, mainLife } from '../profile.js';
import type { UnshownSuccess } from '../state/blind.js';
import { pathsThatDiffer, single } from '../state/difference.js';
import type { Oracle } from '../state/oracle.js';
import { steadyOf } from '../state/steady.js';
import { sortOut } from './balances.js';
import { type FirstLook, WATCH_MS, watchFirst } from './first-look.js';
import { echoesOf, findJournals, repeatedLife } from './journals.js';
import { lived, type Offer, watched } from './lives.js';
import {
  areCutShort,
  livesOf,
  statesOf,
  unseen,
  withoutJournals,
  withProfile,
} from './profile-kind.js';
import { unshownSuccess } from './unshown-success.js';

/** Settling shows in what is not masked, which may be nothing. */
const QUIET_ALONE_MS = 300;
const LONGEST_ALONE_MS = 5_000;

/** Whether the states of no kind tell anything. */
export function isBlind(kinds: readonly KindUnderTest[]): boolean {
  return kinds.every(({ profile }) => profile === undefined);
}

/**
 * Where nothing can be told, or what would tell seems to vary, it may be that resources that came at
 * once got mixed up: they come one by one, then. `undefined` when that changes nothing.
 */
export async function profiledAlone(
  lab: Lab,
  oracle: Oracle,
  gate: Gate,
  offer: Offer | undefined,
  together: readonly KindUnderTest[],
): Promise<{ readonly kind: KindUnderTest; readonly offer: Offer } | undefined> {
  if (!lab.hasProbe || offer === undefined || lab.isOver) return undefined;
  const nothingSeen = isBlind(together);
  const masked = [...oracle.masked];
  if (!nothingSeen && masked.length === 0) return undefined;
  const maskAgain = () => {
    for (const path of masked) oracle.mask(path);
    return undefined;
  };
  if (nothingSeen) oracle.unmaskAll();
  else {
    const steady = await gate.alone(() => steadyAmong(lab, oracle, offer, masked));
    if (steady.length === 0) return undefined;
    for (const path of steady) oracle.unmask(path);
  }
  const execution = await gate.alone(() => lab.execute(offer.execution.script));
  const again: Offer = { kind: offer.kind, execution };
  const look = await watchFirst(lab, oracle, [again], {
    quietMs: WATCH_MS,
    longestMs: WATCH_MS,
  });
  const [alone] = await profiled(lab, oracle, new Gate(1, lab.clock), [again], look);
  if (alone?.profile === undefined) return maskAgain();
  gate.limit(1);
  return { kind: alone, offer: again };
}

/** What varied among many, and tells how a life ended when one comes alone. */
async function steadyAmong(
  lab: Lab,
  oracle: Oracle,
  { kind }: Offer,
  masked: readonly string[],
): Promise<readonly string[]> {
  const quietMs = Math.max(oracle.quietMs, QUIET_ALONE_MS);
  const look = async (life: KindLife) => {
    const window = { quietMs: () => quietMs, longestMs: LONGEST_ALONE_MS };
    const { execution } = await lived(lab, oracle, kind, life, window);
    return (await oracle.lookAtAll(execution))[0] ?? new Map();
  };
  const main = await look(mainLife(kind));
  const otherwise = pathsThatDiffer(await look(contrastLife(kind)), main);
  const telling = masked.filter((path) => otherwise.includes(path) && single(main, path));
  return steadyOf(lab, telling, () => look(mainLife(kind)), main);
}

/** Tells apart what varies, what is shared and what decides, of each kind. */
export async function profiled(
  lab: Lab,
  oracle: Oracle,
  gate: Gate,
  offers: readonly Offer[],
  first: FirstLook,
): Promise<readonly KindUnderTest[]> {
  const liveAll = (kind: Kind) => livesOf(lab, oracle, gate, kind);
  const changed = offers.filter(({ kind }) => first.changed.has(kind.kind));
  const still = offers.filter((offer) => !changed.includes(offer));
  const [lives, repeated, unmoved] = await Promise.all([
    Promise.all(changed.map(async (offer) => ({ offer, lives: await liveAll(offer.kind) }))),
    repeatedLife(lab, oracle, gate, changed),
    Promise.all(still.map((offer) => successOfUnmoved(lab, oracle, gate, offer, first))),
  ]);
  const unshown = new Map(unmoved.flatMap((found) => (found === undefined ? [] : [found])));
  for (const { offer, lives: lived } of lives) {
    const { kind } = offer;
    const states = await statesOf(oracle, lived);
    const state = first.states.get(kind.kind) ?? new Map();
    const amount = amountOf(offer);
    const found = unshownSuccess(kind, { ...states, first: oracle.veil(state), amount });
    if (found !== undefined) unshown.set(kind.kind, found);
  }
  const seen = lives.filter(({ offer }) => !unshown.has(offer.kind.kind));
  const doubtful = new Set<string>(oracle.masked);
  for (const { offer, lives: lived } of seen) {
    const one = first.states.get(offer.kind.kind) ?? new Map();
    for (const other of [offer.execution, lived.main]) {
      const [state = new Map()] = await oracle.look(other);
      for (const path of pathsThatDiffer(one, state)) doubtful.add(path);
    }
  }
  await sortOut(
    lab,
    oracle,
    gate,
    seen.map(({ offer }) => offer),
    doubtful,
  );
  const known = new Map(
    await Promise.all(
      seen.map(async ({ offer, lives: lived }) => {
        return [offer.kind.kind, await statesOf(oracle, lived)] as const;
      }),
    ),
  );
  const cutShort = new Set(
    lives.filter((one) => areCutShort(one.lives)).map(({ offer }) => offer.kind.kind),
  );
  const isCutShort = ({ kind }: Kind) => cutShort.has(kind) || lab.isOver;
  const kinds = offers.map(({ kind }) => {
    const states = known.get(kind.kind);
    const hidden = unshown.get(kind.kind);
    const found = states && withProfile(kind, states);
    if (found?.profile === undefined && isCutShort(kind))
      return unseen(kind, { code: 'unanswered' });
    if (hidden !== undefined) return { ...unseen(kind, hidden), moves: true };
    return found ?? unseen(kind, { code: 'unmoved' });
  });
  const echoes = echoesOf(kinds);
  for (const path of echoes) oracle.echo(path);
  const journals = new Set([...(await findJournals(oracle, kinds, repeated)), ...echoes]);
  if (journals.size === 0) return kinds;
  for (const path of journals) oracle.leaveOut(path);
  return kinds.map((kind) => withoutJournals(kind, journals));
}

/** Of a kind whose usual life left the state as it was: whether a failure does not. */
async function successOfUnmoved(
  lab: Lab,
  oracle: Oracle,
  gate: Gate,
  offer: Offer,
  first: FirstLook,
): Promise<readonly [string, UnshownSuccess] | undefined> {
  const { kind } = offer;
  const live = (life: KindLife) => gate.shared(() => watched(lab, oracle, kind, life));
  const main = mainLife(kind);
  const [before, contrast] = await Promise.all([
    live({ end: main.end, events: [] }),
    live(contrastLife(kind)),
  ]);
  const ended = oracle.veil(first.states.get(kind.kind) ?? before);
  const found = unshownSuccess(kind, {
    before,
    between: undefined,
    main: ended,
    contrast,
    first: ended,
    amount: amountOf(offer),
  });
  return found && [kind.kind, found];
}

function amountOf({ execution: { subjects } }: Offer): string | undefined {
  return subjects[0]?.probe.amount;
}
