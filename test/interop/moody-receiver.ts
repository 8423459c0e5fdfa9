import { createHash } from 'node:crypto';
import { createServer, type ServerResponse } from 'node:http';
import { buffer } from 'node:stream/consumers';

/** One web hook as it came in. */
export interface Arrival {
  readonly body: Buffer;
  readonly digest: string | undefined;
}

export interface MoodyReceiver {
  readonly port: number;
  readonly arrivals: readonly Arrival[];
  stop(): Promise<void>;
}

const MOODS = [500, 204, 302, 'silence', 200, 200] as const;

/**
 * Answers each web hook by its content and by how often it came: some get their 200 at once, some
 * after failures of several kinds, and one in eight never.
 */
export async function startMoodyReceiver(): Promise<MoodyReceiver> {
  const arrivals: Arrival[] = [];
  const seen = new Map<string, number>();
  const server = createServer(async (request, response) => {
    const body = await buffer(request);
    const digest = request.headers['x-payload-digest'];
    arrivals.push({ body, digest: typeof digest === 'string' ? digest : undefined });
    const key = createHash('sha256').update(body).digest('hex');
    const before = seen.get(key) ?? 0;
    seen.set(key, before + 1);
    answer(response, Number.parseInt(key.slice(0, 6), 16), before);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return {
    port: address.port,
    arrivals,
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function answer(response: ServerResponse, character: number, before: number): void {
  if (character % 8 === 0) return void response.writeHead(404).end();
  const mood = MOODS[(character + before) % MOODS.length] ?? 200;
  if (mood === 'silence') return;
  response.writeHead(mood, mood === 302 ? { Location: '/elsewhere' } : {}).end();
}
