import { connect, type Socket } from 'node:net';
import { onTestFinished } from 'vitest';

/** A sender that works on bytes, so that it can break every rule of HTTP. */
export interface RawSender {
  readonly socket: Socket;
  send(bytes: string | Uint8Array): void;
  /** Resolves with all that came back when this is in it, this many times. */
  received(part: string, times?: number): Promise<string>;
  /** Resolves with all that came back when the other side has closed. */
  closed(): Promise<string>;
}

export async function rawSender(port: number): Promise<RawSender> {
  const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true });
  onTestFinished(() => {
    socket.destroy();
  });
  let text = '';
  let isClosed = false;
  const waiting = new Set<() => void>();
  const look = () => {
    for (const wake of waiting) wake();
  };
  socket.on('data', (chunk) => {
    text += chunk.toString('latin1');
    look();
  });
  const close = () => {
    isClosed = true;
    look();
  };
  socket.on('end', close);
  socket.on('close', close);
  socket.on('error', () => {});
  await new Promise((resolve) => socket.once('connect', resolve));
  const until = (holds: () => boolean, what: string) =>
    new Promise<string>((resolve, reject) => {
      const wake = () => {
        if (!holds() && !isClosed) return;
        waiting.delete(wake);
        if (holds()) resolve(text);
        else reject(new Error(`closed before ${what}; came: ${JSON.stringify(text)}`));
      };
      waiting.add(wake);
      wake();
    });
  return {
    socket,
    send: (bytes) => void socket.write(bytes),
    received: (part, times = 1) => until(() => text.split(part).length > times, part),
    closed: () => until(() => isClosed, 'the end'),
  };
}

/** A whole POST. */
export function post(body: string, ...headers: readonly string[]): string {
  const lines = ['POST /hook HTTP/1.1', 'Host: shop', `Content-Length: ${body.length}`, ...headers];
  return `${lines.join('\r\n')}\r\n\r\n${body}`;
}
