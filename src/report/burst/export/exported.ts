import type { LifeTemplate } from '../../../load/export/web-hook-templates.js';
import type { Header } from '../../../ports.js';
import type { AskedRate } from '../story.js';

/** A load as an engine of the user's is to send it. */
export interface ExportedLoad {
  readonly url: string;
  readonly headers: readonly Header[];
  readonly asked: AskedRate;
  readonly lives: readonly LifeTemplate[];
  /** How many resources live at the same time in each process of the engine. */
  readonly abreast: number;
  readonly timeoutMs: number;
  /** The variable that the secret is in when the test runs. */
  readonly secretVariable: string;
}

/** A file that an engine reads. */
export interface ExportedFile {
  readonly name: string;
  readonly text: string;
}

/**
 * The part of a script that makes bodies, the same for each engine. It needs `hexDigits(count)`, and gives
 * `nextBody()`: the next event of a life that is being lived, or the first of a new one.
 */
export function bodiesScript({ lives, abreast }: ExportedLoad): string {
  return `// Web hooks of lives that are lived side by side. Numbers are gaps: ids, one of its own a resource.
const LIVES = ${JSON.stringify(lives)};
const ABREAST = ${abreast};
const living = [];
let born = 0;

function nextBody() {
  const life = living.length < ABREAST ? newLife() : living.shift();
  const { parts } = life.events[life.next];
  life.next += 1;
  if (life.next < life.events.length) living.push(life);
  return parts.map((part) => (typeof part === 'number' ? life.ids[part] : part)).join('');
}

function newLife() {
  const { gaps, events } = LIVES[born % LIVES.length];
  born += 1;
  const ids = gaps.map(({ kind, digits }) => (kind === 'uuid' ? uuid() : hexDigits(digits)));
  return { events, ids, next: 0 };
}

/** Version 4 (RFC 9562). */
function uuid() {
  const digits = hexDigits(32);
  const variant = '89ab'[Number.parseInt(digits[16], 16) % 4];
  return [
    digits.slice(0, 8),
    digits.slice(8, 12),
    '4' + digits.slice(13, 16),
    variant + digits.slice(17, 20),
    digits.slice(20),
  ].join('-');
}
`;
}

/** A rate as a whole number in a stretch of time, as exactly as an hour allows. */
export function wholeRate(perSecond: number): { readonly count: number; readonly unitS: number } {
  for (const unitS of [1, 60]) {
    const count = perSecond * unitS;
    if (Math.abs(count - Math.round(count)) < 1e-9) return { count: Math.round(count), unitS };
  }
  return { count: Math.round(perSecond * 3_600), unitS: 3_600 };
}
