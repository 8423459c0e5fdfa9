import { HookError } from '../errors.js';

/** Reads the value of a flag. What is wrong with it is said with the name of the flag. @throws HookError */
export function named<Value>(flag: string, read: () => Value): Value {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof HookError) || error.message.includes(flag)) throw error;
    throw new HookError(error.code, `${flag}: ${error.message}`, error.hint);
  }
}
