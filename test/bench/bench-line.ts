/** One measured ratio, held against the most it may be. */
export interface BenchLine {
  readonly name: string;
  readonly ratio: number;
  readonly bound: number;
  readonly note: string;
}
