/** A stretch of plan time, from inclusive, to exclusive, in milliseconds. */
export interface PlanWindow {
  readonly fromMs: number;
  readonly toMs: number;
}
