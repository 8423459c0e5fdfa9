import type { NotChecked, NotTried, Readiness } from '../../conformance/readiness.js';
import type { CheckSummary } from '../../conformance/records.js';
import { counted } from '../count.js';

/** The last line of a check: what may be said of the receiver, and no more than that. */
export interface ReadinessWords {
  readonly sign: '✓' | '✗' | '?' | '!';
  readonly text: string;
}

const NOT_TRIED: Readonly<Record<NotTried, string>> = {
  'failed-work': 'failed work (--fault-on, --fault-off)',
  recovery: 'recovery (--mock-api)',
};

const BECAUSE: Readonly<Record<NotChecked, string>> = {
  'no-state': 'there is no state to read (--state-url, --state-command)',
  'not-selected': 'only some rules were chosen',
};

export function readinessWords(summary: CheckSummary): ReadinessWords {
  const { interrupted, connected, readiness } = summary;
  if (interrupted) return { sign: '!', text: 'Interrupted.' };
  if (!connected) return { sign: '?', text: 'The receiver cannot be reached.' };
  return wordsOf(readiness, summary);
}

function wordsOf(readiness: Readiness, { counts, untold }: CheckSummary): ReadinessWords {
  switch (readiness.verdict) {
    case 'ready':
      return { sign: '✓', text: readyText(readiness.kinds, readiness.notTried) };
    case 'not-ready':
      return { sign: '✗', text: 'This receiver is not ready for Inqud.' };
    case 'could-not-tell':
      return {
        sign: '?',
        text: `Nothing failed, but ${counted(untold, 'must')} could not be told.`,
      };
    case 'accepted':
      return {
        sign: '✓',
        text: `No must fails but ${readiness.accepted} that the baseline accepts.`,
      };
    case 'right-as-far-as-checked': {
      const { checked, notChecked, because } = readiness;
      const found = counts.fail === 0 ? 'all right' : 'right but for what is said above';
      const why = because.map((reason) => BECAUSE[reason]).join(', and ');
      return {
        sign: '✓',
        text: `${counted(checked, 'rule')} checked: ${found}. ${counted(notChecked, 'rule')} not checked: ${why}.`,
      };
    }
    default:
      return readiness satisfies never;
  }
}

function readyText(kinds: readonly string[], notTried: readonly NotTried[]): string {
  const about = kinds.join(', ');
  if (notTried.length === 0) return `This receiver is ready for Inqud (${about}).`;
  const left = notTried.map((what) => NOT_TRIED[what]).join(', ');
  return `This receiver is ready for Inqud, as far as tried (${about}); not tried: ${left}.`;
}
