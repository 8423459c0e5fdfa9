/** What a plan is where nothing else is asked for. */
export const PLAN_DEFAULTS = {
  /** How many resources live each life. */
  resources: 1,
  /** Between the events of one resource, in plan milliseconds. */
  spacingMs: 60_000,
} as const;
