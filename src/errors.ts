/** Everything a user can get wrong, as a closed list: each code has one meaning and never changes it. */
export type ErrorCode =
  | 'bad-body'
  | 'bad-baseline'
  | 'bad-config'
  | 'bad-digest'
  | 'bad-duration'
  | 'bad-event'
  | 'bad-flag'
  | 'bad-header'
  | 'bad-override'
  | 'bad-plan'
  | 'bad-script'
  | 'bad-url'
  | 'cannot-listen'
  | 'failed-command'
  | 'malformed-capture'
  | 'missing-secret'
  | 'remote-target'
  | 'unreachable-target'
  | 'unreadable-file'
  | 'unreadable-state'
  | 'unwritable-file';

/**
 * A mistake we know how to explain. The message says what happened, the hint what to type.
 * The command line turns it into exit code 2, or 3 where nothing could be reached; anything else that is thrown is a bug (exit 70).
 */
export class HookError extends Error {
  override readonly name = 'HookError';
  readonly code: ErrorCode;
  readonly hint: string | undefined;

  constructor(code: ErrorCode, message: string, hint?: string) {
    super(message);
    this.code = code;
    this.hint = hint;
  }
}
