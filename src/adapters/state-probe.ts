import { Agent, request } from 'undici';
import { HookError } from '../errors.js';
import type { ProbeSubject, StateProbe } from '../ports.js';
import { reasonOf } from './files.js';
import { resolveTarget } from './resolve-target.js';
import { parseTarget } from './target.js';

export interface UrlProbeOptions {
  readonly allowRemote: boolean;
  readonly insecure: boolean;
}

const LIMIT_MS = 10_000;
const NO_ANSWER = { status: 504, text: '' } as const;

/**
 * Reads states with GET; `{id}`, `{clientOrderId}` and `{kind}` in the URL stand for the resource's.
 * @throws HookError `bad-url`, `remote-target`
 */
export async function openUrlProbe(
  template: string,
  { allowRemote, insecure }: UrlProbeOptions,
): Promise<StateProbe> {
  const target = parseTarget(template);
  await resolveTarget(target, { allowRemote });
  const agent = new Agent({ connect: { rejectUnauthorized: !insecure } });
  let hasAnswered = false;
  return {
    read: async (subject, signal) => {
      const url = `${target.origin}${filled(target.path, subject)}`;
      try {
        const answer = await request(url, {
          dispatcher: agent,
          headersTimeout: LIMIT_MS,
          bodyTimeout: LIMIT_MS,
          headers: { accept: 'application/json' },
        });
        const text = await answer.body.text();
        hasAnswered = true;
        return { status: answer.statusCode, text };
      } catch (error) {
        if (hasAnswered || isTimeout(error) || signal?.aborted === true) return NO_ANSWER;
        throw new HookError(
          'unreadable-state',
          `The state cannot be read from ${url}: ${reasonOf(error)}.`,
          'Check --state-url: it has to answer a GET with the state of one resource.',
        );
      }
    },
    close: () => agent.close(),
  };
}

function filled(path: string, { id, clientOrderId, kind }: ProbeSubject): string {
  return path
    .replaceAll('{id}', encodeURIComponent(id))
    .replaceAll('{clientOrderId}', encodeURIComponent(clientOrderId))
    .replaceAll('{referenceId}', encodeURIComponent(clientOrderId))
    .replaceAll('{kind}', encodeURIComponent(kind));
}

function isTimeout(error: unknown): boolean {
  return error instanceof Error && /Timeout/.test(error.name);
}
