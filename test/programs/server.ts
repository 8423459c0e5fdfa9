import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

/** A server that we did not write, listening on a free loopback port. */
export interface Server {
  readonly port: number;
  stop(): Promise<void>;
}

export interface ServerRecipe {
  readonly program: string;
  /** Written into a folder of the server's own before it starts. */
  readonly files: (place: Place) => Readonly<Record<string, string>>;
  readonly args: (place: Place) => readonly string[];
}

export interface Place {
  readonly folder: string;
  readonly port: number;
}

const POLL_MS = 20;

/** Starts a server and waits until it listens. */
export async function startServer(recipe: ServerRecipe): Promise<Server> {
  const place = { folder: await mkdtemp(join(tmpdir(), 'inqud-hook-')), port: await freePort() };
  for (const [name, text] of Object.entries(recipe.files(place))) {
    await writeFile(join(place.folder, name), text);
  }
  const child = spawn(recipe.program, recipe.args(place), {
    cwd: place.folder,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  await listening(child, place.port);
  return {
    port: place.port,
    stop: async () => {
      await ended(child);
      await rm(place.folder, { recursive: true, force: true });
    },
  };
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

async function listening(child: ChildProcess, port: number): Promise<void> {
  let words = '';
  child.stderr?.on('data', (chunk) => {
    words += chunk;
  });
  while (!(await accepts(port))) {
    if (child.exitCode !== null) throw new Error(`${child.spawnfile} ended early: ${words}`);
    await wait(POLL_MS);
  }
}

function accepts(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    const answer = (isOpen: boolean) => {
      socket.destroy();
      resolve(isOpen);
    };
    socket.once('connect', () => answer(true)).once('error', () => answer(false));
  });
}

function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    child.once('exit', () => resolve());
    child.kill('SIGTERM');
  });
}
