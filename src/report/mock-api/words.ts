/** The report of `mock-api`: what is served, a line a request, and the words of its refusals. */
import type { ApiFinding } from '../../mock-api/finding.js';
import { counted } from '../count.js';
import { duration } from '../time.js';
import type { MockApiStory } from './story.js';

/** So much of a path is said again. */
const SHOWN_PATH = 200;

/** Why a request is refused, or what is odd about it. */
export function apiFindingText(found: ApiFinding): string {
  switch (found.code) {
    case 'bad-target':
      return 'The path or query is not valid.';
    case 'asked-error':
      return 'This error is one of those that --error-rate asks for.';
    case 'no-order':
      return 'Name an order: ?orderId=…';
    case 'not-served':
      return `The mock does not serve ${found.path.slice(0, SHOWN_PATH)}.`;
    case 'only-reads':
      return `The mock only reads: ${found.method} is not served.`;
    case 'no-such-id':
      return `There is no ${found.id}.`;
    case 'unknown-wallet':
      return `Nothing is known of the wallet ${found.wallet}.`;
    case 'bad-page':
      return `page counts from 0, and size is 1 to ${found.largestSize}.`;
    case 'salt-used':
      return 'The salt was used before.';
    case 'header-twice':
      return `${found.header} came more than once.`;
    case 'header-absent':
      return `There is no ${found.header}.`;
    case 'other-token':
      return `${found.header} is not the token of $INQUD_API_TOKEN_ID.`;
    case 'wrong-secret':
      return `${found.header} is not the token's secret.`;
    case 'malformed-signature':
      return `${found.header} is not 64 lower-case hexadecimal characters.`;
    case 'wrong-signature':
      return `${found.header} is not the HMAC-SHA256 of the body and the salt.`;
    case 'unsalted':
      return `There is a signature and no ${found.header}.`;
    case 'no-proof':
      return `There is neither ${found.headers.join(' nor ')}.`;
    default:
      return found satisfies never;
  }
}

/** What is served, and as it was when. */
export function servedText({ plan, resources, atMs }: MockApiStory): string {
  const when =
    atMs === undefined ? 'as its last event says it is' : `at plan time ${duration(atMs)}`;
  return `${counted(resources, 'resource')} of ${plan}, each ${when}`;
}

export function tokenText({ anyToken }: MockApiStory): string {
  return anyToken ? 'any token passes' : 'the token is that of $INQUD_API_TOKEN_ID';
}
