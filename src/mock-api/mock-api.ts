// The room of the mock API: what Inqud's API would say at a moment of a plan.
import { createDraw } from '../delivery/draw.js';
import type { ApiAnswer, ApiRequest } from './api-server.js';
import type { Authenticator } from './authentication.js';
import { findReply, parseTarget, type RequestPath } from './find-reply.js';
import type { ApiFinding, Wording } from './finding.js';
import {
  askedError,
  badRequest,
  notAllowed,
  notServed,
  type Reply,
  unauthorized,
} from './reply.js';
import { type MatchedRoute, matchRoute, type Route } from './routes.js';
import type { Truth } from './truth.js';

export interface MockApiOptions {
  readonly truth: Truth;
  readonly authenticate: Authenticator;
  /** The share of requests that fail for no reason, 0 to 1. */
  readonly errorRate: number;
  /** The same seed fails the same requests. */
  readonly seed: string;
  readonly wording: Wording;
}

/** Says how sure an answer is: `documented` or `inferred`. */
export const FIDELITY_HEADER = 'X-Inqud-Hook-Fidelity';

/** Answers requests as Inqud's API would about the resources it is told of. */
export function createMockApi(options: MockApiOptions): (request: ApiRequest) => ApiAnswer {
  const { truth, authenticate, errorRate, seed, wording } = options;
  const draw = createDraw(seed);
  let number = 0;
  return (request) => {
    number += 1;
    const url = parseTarget(request.target);
    const matched = url === undefined ? undefined : matchRoute(url.path);
    if (draw('api-error', { batch: 0, resource: 0, event: 0 }, number) < errorRate) {
      return answerOf(askedError(), request, { number, route: matched?.route, wording });
    }
    const { reply, note } = replyTo(request, url, matched);
    return answerOf(reply, request, { number, route: matched?.route, note, wording });
  };

  function replyTo(
    request: ApiRequest,
    url: RequestPath | undefined,
    matched: MatchedRoute | undefined,
  ): { readonly reply: Reply; readonly note?: ApiFinding | undefined } {
    if (url === undefined) return { reply: badRequest({ code: 'bad-target' }) };
    if (matched === undefined) return { reply: notServed(url.path) };
    if (!['GET', 'HEAD'].includes(request.method)) return { reply: notAllowed(request.method) };
    if (matched.route.access === 'public') return { reply: findReply(matched, url, truth) };
    const authentication = authenticate(request);
    return authentication.kind === 'accepted'
      ? { reply: findReply(matched, url, truth), note: authentication.note }
      : { reply: unauthorized(authentication.reason) };
  }
}

interface Scene {
  readonly number: number;
  readonly route: Route | undefined;
  readonly note?: ApiFinding | undefined;
  readonly wording: Wording;
}

function answerOf(
  reply: Reply,
  request: ApiRequest,
  { number, route, note, wording }: Scene,
): ApiAnswer {
  const isError = reply.kind === 'error';
  const fidelity = isError ? 'inferred' : (route?.fidelity ?? 'inferred');
  const status = isError ? reply.status : 200;
  const { method, target } = request;
  const said = isError ? reply.because : note;
  return {
    status,
    headers: [
      ['Content-Type', 'application/json'],
      [FIDELITY_HEADER, fidelity],
      ...(reply.headers ?? []),
    ],
    body: isError ? errorBody(reply, wording) : Buffer.concat(reply.parts),
    record: {
      kind: 'request',
      number,
      method,
      target,
      status,
      ...(route === undefined ? {} : { fidelity }),
      ...(said === undefined ? {} : { note: said }),
    },
  };
}

function errorBody(
  { code, because }: Extract<Reply, { kind: 'error' }>,
  wording: Wording,
): Uint8Array {
  return Buffer.from(JSON.stringify({ code, message: wording(because) }));
}
