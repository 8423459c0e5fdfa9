import type { Target } from '../target.js';
import { codeOf } from './error-code.js';

/** Why no connection came about, in a sentence. */
export function connectFailure(error: Error, { hostname, port }: Target): string {
  const where = `${hostname.includes(':') ? `[${hostname}]` : hostname}:${port}`;
  const code = tellingCode(error);
  switch (code) {
    case 'ECONNREFUSED':
      return `Nothing listens on ${where}.`;
    case 'ETIMEDOUT':
      return `${where} does not answer.`;
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
      return `There is no route to ${where}.`;
    case 'EADDRNOTAVAIL':
      return `This machine has no address or port left to reach ${where} from.`;
    case 'EMFILE':
    case 'ENFILE':
      return 'This machine has too many files open to connect.';
    default:
      return `There is no connection to ${where} (${code || error.message}).`;
  }
}

/** Of several addresses that were tried, a refusal says the most. */
function tellingCode(error: Error): string {
  const codes = error instanceof AggregateError ? error.errors.map(codeOf) : [codeOf(error)];
  return codes.find((code) => code === 'ECONNREFUSED') ?? codes[0] ?? '';
}
