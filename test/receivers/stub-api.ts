import { listen } from './listen.js';

/** Inqud's API, as far as a receiver needs it to ask for a resource. */
export interface StubApi {
  readonly url: string;
  /** What it says of a resource from now on. */
  publish(id: string, body: Buffer): void;
  close(): Promise<void>;
}

export async function startApi(): Promise<StubApi> {
  const known = new Map<string, Buffer>();
  const server = await listen((request, response) => {
    const body = known.get(request.url?.split('/').at(-1) ?? '');
    response.writeHead(body === undefined ? 404 : 200).end(body);
  });
  return {
    url: `http://127.0.0.1:${server.port}`,
    publish: (id, body) => known.set(id, body),
    close: server.close,
  };
}
