import { Agent as HttpAgent, request as httpRequest } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import { HookError } from '../errors.js';
import type { ProbeReading, ProbeSubject, StateProbe } from '../ports.js';
import { reasonOf } from './files.js';
import { pinnedTo } from './http/open-socket.js';
import { type ResolvedTarget, resolveTarget } from './resolve-target.js';
import { parseTarget } from './target.js';

export interface UrlProbeOptions {
  readonly allowRemote: boolean;
  readonly insecure: boolean;
}

const NAMES_A_RESOURCE = /\{(?:id|clientOrderId|referenceId)\}/;
const LIMIT_MS = 10_000;
const MOST_IDLE = 16;
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
  const agent = agentFor(await resolveTarget(target, { allowRemote }), insecure);
  let hasAnswered = false;
  return {
    isShared: !NAMES_A_RESOURCE.test(template),
    read: async (subject, signal) => {
      const url = `${target.origin}${filled(target.path, subject)}`;
      try {
        const reading = await get(url, agent);
        hasAnswered = true;
        return reading;
      } catch (error) {
        if (hasAnswered || error instanceof TooLate || signal?.aborted === true) return NO_ANSWER;
        throw new HookError(
          'unreadable-state',
          `The state cannot be read from ${url}: ${reasonOf(error)}.`,
          'Check --state-url: it has to answer a GET with the state of one resource.',
        );
      }
    },
    close: () => {
      agent.destroy();
      return Promise.resolve();
    },
  };
}

class TooLate extends Error {
  override readonly name = 'TooLate';
}

function agentFor(target: ResolvedTarget, insecure: boolean): HttpAgent {
  const options = { keepAlive: true, maxFreeSockets: MOST_IDLE, ...pinnedTo(target) };
  return target.protocol === 'https:'
    ? new HttpsAgent({ ...options, rejectUnauthorized: !insecure })
    : new HttpAgent(options);
}

/** Once more when a kept connection was closed just as it was used. */
async function get(url: string, agent: HttpAgent): Promise<ProbeReading> {
  try {
    return await getOnce(url, agent);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ECONNRESET')) throw error;
    return getOnce(url, agent);
  }
}

function getOnce(url: string, agent: HttpAgent): Promise<ProbeReading> {
  const open = url.startsWith('https:') ? httpsRequest : httpRequest;
  return new Promise((resolve, reject) => {
    const request = open(url, { agent, headers: { accept: 'application/json' } }, (answer) => {
      const chunks: Uint8Array[] = [];
      answer.on('data', (chunk: Uint8Array) => chunks.push(chunk));
      answer.on('error', fail);
      answer.on('end', () => {
        clearTimeout(timer);
        const text = Buffer.concat(chunks).toString();
        resolve({ status: answer.statusCode ?? 0, text });
      });
    });
    const fail = (error: Error) => {
      clearTimeout(timer);
      reject(error);
    };
    const timer = setTimeout(() => request.destroy(new TooLate()), LIMIT_MS);
    request.on('error', fail);
    request.end();
  });
}

function filled(path: string, { id, clientOrderId, kind }: ProbeSubject): string {
  return path
    .replaceAll('{id}', encodeURIComponent(id))
    .replaceAll('{clientOrderId}', encodeURIComponent(clientOrderId))
    .replaceAll('{referenceId}', encodeURIComponent(clientOrderId))
    .replaceAll('{kind}', encodeURIComponent(kind));
}
