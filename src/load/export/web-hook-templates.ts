import { TOKEN } from '../../conformance/lab/courier.js';
import type { Composer } from '../../delivery/composer.js';
import type { Batch } from '../../delivery/plan.js';

/** The web hooks of one life, with gaps where each resource says something of its own. */
export interface LifeTemplate {
  /** What fills the gaps, by their numbers. */
  readonly gaps: readonly Gap[];
  readonly events: readonly EventTemplateText[];
}

/** A UUID, or so many hexadecimal digits. */
export type Gap = { readonly kind: 'uuid' } | { readonly kind: 'hex'; readonly digits: number };

export interface EventTemplateText {
  readonly event: string;
  /** Text, and numbers of gaps, by turns: JSON as it is sent. */
  readonly parts: readonly (string | number)[];
}

const UUID = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const HEX = /(?:[0-9a-f]{64}|[0-9a-f]{40}|[0-9a-f]{8})$/i;

/** What the lives of a plan send, for engines that make bodies by themselves. */
export function lifeTemplates(
  batches: readonly Batch[],
  composer: Composer,
): readonly LifeTemplate[] {
  return batches.map((batch, batchNumber) => {
    const gaps = new Gaps();
    const events = batch.events.map((event, eventNumber) => {
      const [one, other] = [0, 1].map((resource) => {
        const place = { sequence: 0, batchNumber, resource, planResource: resource };
        const { body } = composer.compose({ ...place, eventNumber, event });
        return new TextDecoder().decode(body);
      });
      const parts = partsOf(one ?? '', other ?? '', gaps);
      return { event: `${batch.kind}.${event.status}`, parts };
    });
    return { gaps: gaps.all, events };
  });
}

/** Gaps by the text that the first resource has in them: the same text is the same gap. */
class Gaps {
  readonly #known = new Map<string, number>();
  readonly all: Gap[] = [];

  numberOf(text: string): number {
    const known = this.#known.get(text);
    if (known !== undefined) return known;
    this.all.push(UUID.test(text) ? { kind: 'uuid' } : { kind: 'hex', digits: text.length });
    this.#known.set(text, this.all.length - 1);
    return this.all.length - 1;
  }
}

/** What is a name of its own in two bodies of the same event is a gap. */
function partsOf(one: string, other: string, gaps: Gaps): readonly (string | number)[] {
  const parts: (string | number)[] = [];
  let read = 0;
  for (const { 0: token, index } of one.matchAll(TOKEN)) {
    if (other.slice(index, index + token.length) === token) continue;
    const own = (UUID.exec(token) ?? HEX.exec(token))?.[0] ?? token;
    const start = index + token.length - own.length;
    parts.push(one.slice(read, start), gaps.numberOf(own));
    read = start + own.length;
  }
  return [...parts, one.slice(read)];
}
