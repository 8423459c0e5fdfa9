/** What there is to say once the listener is there. */
export interface ListenStory {
  readonly url: string;
  readonly port: number;
  /** The capture file. */
  readonly out: string;
  readonly redactedTo: string | undefined;
  readonly survives: 'crash' | 'power-cut';
  readonly checksDigests: boolean;
  readonly forwardTo: string | undefined;
  /** What chance was drawn from, where there is any. */
  readonly seed: string | undefined;
}
