import type { ForecastRate } from './forecast-rate.js';

/** What to do about an outage, as a code and what belongs to it. */
export type ForecastAdvice =
  /** They never come again; they came in the first part of the outage. */
  | { readonly code: 'ask-for-the-lost'; readonly webHooks: number; readonly firstPartMs: number }
  /** Whether the receiver keeps up was not asked. */
  | { readonly code: 'say-the-capacity' }
  /** The receiver cannot take even what comes without an outage. */
  | { readonly code: 'too-slow-for-the-usual' }
  /** An answer alone takes longer than Inqud waits, whatever the capacity is. */
  | { readonly code: 'answers-too-slow' }
  | { readonly code: 'capacity'; readonly enough: ForecastRate }
  /** Where less than this comes, late answers cannot keep themselves going. */
  | { readonly code: 'safe-rate'; readonly safe: ForecastRate; readonly attempts: number }
  | { readonly code: 'answer-first' | 'refuse-early' | 'jitter' };
