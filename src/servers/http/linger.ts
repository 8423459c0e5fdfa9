import type { Socket } from 'node:net';

/** How long what is still coming in is read and thrown away, so that the sender gets to the answer. */
const LINGER_MS = 1_000;

/**
 * Closes a connection whose last answer is out, once its sender is done. Closed at once, it would be
 * reset, and a sender in the middle of a body would never see the answer (RFC 9112, section 9.6).
 */
export function linger(socket: Socket): void {
  socket.resume();
  const timer = setTimeout(() => socket.destroy(), LINGER_MS).unref();
  socket.once('end', () => socket.destroy());
  socket.once('close', () => clearTimeout(timer));
}

/** Makes node linger, where it would close the connection after the answer that is being given. */
export function lingerAfterAnswer(socket: Socket, by = linger): void {
  socket.destroySoon = () => {
    socket.end();
    by(socket);
  };
}
