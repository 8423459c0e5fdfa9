import type { Survey } from './survey.js';

/**
 * The command that asks for the first verdict. A secret in a file of variables is read by Node, so that
 * no shell has to understand that file.
 */
export function nextCommand({ hasTool, secret }: Survey, isSet: boolean): string {
  const plain = hasTool ? 'npx inqud-hook check' : 'inqud-hook check';
  if (isSet) return plain;
  if (secret?.isSet !== true) return `${secret?.name ?? 'INQUD_HOOK_SECRET'}=… ${plain}`;
  const program = hasTool ? 'node_modules/.bin/inqud-hook' : '"$(command -v inqud-hook)"';
  return `node --env-file=${secret.file} ${program} check`;
}
