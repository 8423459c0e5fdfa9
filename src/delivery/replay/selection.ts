import { HookError } from '../../errors.js';
import { CATALOGUE, findKind } from '../../webhook/catalogue.js';
import { parseEventName, spelled } from '../../webhook/kinds/names.js';
import { nearest } from '../../webhook/kinds/nearest.js';
import type { Recognised } from '../../webhook/kinds/recognise.js';
import { CAPTURE_VERDICTS, type CaptureVerdict } from './verdict-of.js';

/** Which captures are replayed. */
export interface Selection {
  /** A verdict takes a secret. */
  readonly needsVerdict: boolean;
  matches(recognised: Recognised, verdict: () => CaptureVerdict): boolean;
}

type Choice =
  | { readonly kind: 'verdict'; readonly verdict: CaptureVerdict }
  | { readonly kind: 'event'; readonly kindName: string; readonly status: string | undefined }
  | { readonly kind: 'id'; readonly id: string };

const ID = /^(?:[A-Z]+-[!-~]*|[0-9a-fA-F][0-9a-fA-F-]{3,})$/;
const PREFIX = /^[A-Z]+-/;

/**
 * Reads words such as `genuine`, `checkout`, `checkout.success` and `CCO-8c4df2e6…`. Words of one sort
 * widen the selection, words of another narrow it.
 * @throws HookError `bad-flag`, `bad-event`
 */
export function parseSelection(words: readonly string[]): Selection {
  const choices = words.map(parseChoice);
  const verdicts = choices.filter((choice) => choice.kind === 'verdict');
  const events = choices.filter((choice) => choice.kind === 'event');
  const ids = choices.filter((choice) => choice.kind === 'id');
  return {
    needsVerdict: verdicts.length > 0,
    matches: (recognised, verdictOf) => {
      if (events.length > 0 && !events.some((event) => isEvent(event, recognised))) return false;
      if (ids.length > 0 && !ids.some(({ id }) => isNamed(id, recognised.id))) return false;
      if (verdicts.length === 0) return true;
      const verdict = verdictOf();
      return verdicts.some((choice) => choice.verdict === verdict);
    },
  };
}

function parseChoice(word: string): Choice {
  const verdict = CAPTURE_VERDICTS.find((known) => known === word);
  if (verdict !== undefined) return { kind: 'verdict', verdict };
  const kind = findKind(spelled(word));
  if (kind !== undefined) return { kind: 'event', kindName: kind.kind, status: undefined };
  if (ID.test(word) || beginsAnId(word)) return { kind: 'id', id: word };
  if (!word.includes('.')) throw unknownWord(word);
  const event = parseEventName(word);
  return { kind: 'event', kindName: event.kind.kind, status: event.status.name };
}

/** Its prefix, or the start of that: `PMT`. */
function beginsAnId(word: string): boolean {
  return (
    /^[A-Z]+$/.test(word) && CATALOGUE.idPrefixes.some(({ prefix }) => prefix.startsWith(word))
  );
}

function unknownWord(word: string): HookError {
  const suggestion = nearest(spelled(word), [
    ...CAPTURE_VERDICTS,
    ...CATALOGUE.kinds.map(({ kind }) => kind),
  ]);
  const hint =
    suggestion === undefined
      ? 'Write e.g. --only checkout.success, --only CCO-8c4df2e6 or --only genuine.'
      : `Did you mean ${suggestion}?`;
  return new HookError('bad-flag', `\`${word}\` is no event, kind, id or verdict.`, hint);
}

function isEvent(wanted: Extract<Choice, { kind: 'event' }>, { kind, status }: Recognised) {
  if (kind?.kind !== wanted.kindName) return false;
  return wanted.status === undefined || wanted.status === status;
}

/** Reports show the start of an id without its prefix, so that is as good. */
function isNamed(wanted: string, id: string | undefined): boolean {
  if (id === undefined) return false;
  return id.startsWith(wanted) || id.replace(PREFIX, '').startsWith(wanted);
}
