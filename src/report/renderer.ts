// The room of the reports: records become text here, and nowhere else.
/**
 * What the program says: this room turns what the others found out into text, for people and for
 * programs. Sentences that users read are made here and nowhere else.
 */
import type { HookError } from '../errors.js';
import type { Palette } from './palette.js';
import type { Statement } from './statement.js';

/** Turns what a command tells of into text as it comes. */
export interface Renderer<Item, End> {
  /** Nothing is written between the beginning and the end. */
  readonly isSummary?: boolean;
  begin(): string;
  record(item: Item): string;
  end(end: End): string;
  /** Some records that are left out, because whoever reads them was too slow. */
  skipped?(records: number): string;
  /** Ends a report that a mistake cut short. */
  fail?(error: HookError): string;
}

/** The report of a command: what programs read, and how people read it. */
export interface Report<Item, End> {
  readonly machine: Statement<Item, End>;
  readonly pretty: (palette: Palette) => Renderer<Item, End>;
  /** Its lines are to be copied, and stay as they are in a narrow terminal. */
  readonly isVerbatim?: true;
}
