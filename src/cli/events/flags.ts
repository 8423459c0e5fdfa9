import type { Format } from '../format.js';

export interface EventsFlags {
  readonly format: Format;
}
