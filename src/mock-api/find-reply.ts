import { balancesJson } from './balances.js';
import { arrayParts, badRequest, notFound, type Reply } from './reply.js';
import type { MatchedRoute, Route } from './routes.js';
import type { FieldName, Truth } from './truth.js';

const DEFAULT_SIZE = 20;
const LARGEST_SIZE = 100;
const LARGEST_PAGE = 1_000_000_000;
const ORDER_FIELDS: readonly FieldName[] = ['orderId', 'clientOrderId', 'referenceId'];

export interface RequestPath {
  readonly path: string;
  readonly query: URLSearchParams;
}

/** The path and query of a request; undefined when they cannot be decoded. */
export function parseTarget(target: string): RequestPath | undefined {
  const [path = '', query = ''] = target.split(/\?(.*)/s, 2);
  return decoded(path) === undefined ? undefined : { path, query: new URLSearchParams(query) };
}

function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}

/** What a route says about what is asked for. */
export function findReply(
  { route, names }: MatchedRoute,
  { query }: RequestPath,
  truth: Truth,
): Reply {
  switch (route.answers) {
    case 'by-id':
      return one(truth.find(route.kinds, 'id', nameOf(names, 'id')), nameOf(names, 'id'));
    case 'by-order':
      return byOrder(route, query, truth);
    case 'page':
      return page(route, query, truth);
    case 'connection':
      return connection(nameOf(names, 'wallet'), query.get('clientOrderId') ?? undefined, truth);
    case 'balances':
      return { kind: 'json', parts: [Buffer.from(balancesJson(truth))] };
    default:
      return route.answers satisfies never;
  }
}

function nameOf(names: MatchedRoute['names'], name: string): string {
  return decoded(names[name] ?? '') ?? '';
}

function one(body: Uint8Array | undefined, id: string): Reply {
  return body === undefined
    ? notFound({ code: 'no-such-id', id })
    : { kind: 'json', parts: [body] };
}

function byOrder({ kinds }: Route, query: URLSearchParams, truth: Truth): Reply {
  const order = query.get('orderId');
  if (order === null || order === '') return badRequest({ code: 'no-order' });
  const found = ORDER_FIELDS.flatMap((field) => truth.findAll(kinds, field, order));
  return { kind: 'json', parts: arrayParts(found) };
}

function page({ kinds }: Route, query: URLSearchParams, truth: Truth): Reply {
  const number = wholeNumber(query.get('page') ?? '0', LARGEST_PAGE);
  const size = wholeNumber(query.get('size') ?? String(DEFAULT_SIZE), LARGEST_SIZE);
  if (number === undefined || size === undefined || size === 0) {
    return badRequest({ code: 'bad-page', largestSize: LARGEST_SIZE });
  }
  const { bodies, total } = truth.page(kinds, { from: number * size, size });
  const headers = [['X-Total-Count', String(total)]] as const;
  return { kind: 'json', parts: arrayParts(bodies), headers };
}

function wholeNumber(text: string, most: number): number | undefined {
  const value = /^\d{1,10}$/.test(text) ? Number(text) : Number.NaN;
  return value <= most ? value : undefined;
}

function connection(wallet: string, clientOrderId: string | undefined, truth: Truth): Reply {
  const authorization = truth.find(['authorization'], 'wallet', wallet);
  const subscription =
    clientOrderId === undefined
      ? undefined
      : truth.find(['subscription'], 'clientOrderId', clientOrderId);
  if (authorization === undefined && subscription === undefined) {
    return notFound({ code: 'unknown-wallet', wallet });
  }
  const parts = [
    Buffer.from('{"subscription":'),
    subscription ?? NULL,
    Buffer.from(',"authorization":'),
    authorization ?? NULL,
    Buffer.from('}'),
  ];
  return { kind: 'json', parts };
}

const NULL = Buffer.from('null');
