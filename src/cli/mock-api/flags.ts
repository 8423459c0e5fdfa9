import type { Format } from '../format.js';

export interface MockApiFlags {
  readonly plan?: string;
  readonly at?: number;
  readonly host: string;
  readonly latency?: number;
  readonly errorRate?: number;
  readonly seed?: string;
  readonly for?: number;
  readonly format: Format;
}
