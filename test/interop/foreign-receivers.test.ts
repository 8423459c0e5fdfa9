import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { check } from '../../src/library/index.js';
import { freePort } from '../free-port.js';

const HOME = fileURLToPath(new URL('foreign/', import.meta.url));
const SECRET = 'foreign secret';
const INTERPRETERS: Readonly<Record<string, string>> = { py: 'python3', php: 'php' };
const LIMIT_MS = 240_000;

/** What the first lines of a receiver say of it. */
interface Foreign {
  readonly file: string;
  /** The rule that must fail, or none where the receiver is correct. */
  readonly rule: string | undefined;
  readonly statePath: string;
  readonly what: string;
}

const receivers = readdirSync(HOME).sort().map(readForeign);

describe('a correct receiver in another language is not accused', () => {
  for (const receiver of receivers.filter(({ rule }) => rule === undefined)) {
    test.concurrent(`${receiver.file}: ${receiver.what}`, { timeout: LIMIT_MS }, async () => {
      const { exitCode, results } = await verdictOn(receiver);
      const accused = results.filter(({ status }) => status === 'fail');
      expect(accused.filter(({ severity }) => severity !== 'advisory')).toEqual([]);
      expect(exitCode).toBe(0);
    });
  }
});

describe('a broken receiver in another language is caught', () => {
  for (const receiver of receivers.filter(({ rule }) => rule !== undefined)) {
    test.concurrent(`${receiver.file}: ${receiver.what}`, { timeout: LIMIT_MS }, async () => {
      const { results } = await verdictOn(receiver, [receiver.rule ?? '']);
      const failed = results.filter(({ status }) => status === 'fail').map(({ id }) => id);
      expect(failed).toContain(receiver.rule);
    });
  }
});

/** `# correct | /orders/{id} | …` or `# broken: area/name | /orders/{id} | …`. */
function readForeign(file: string): Foreign {
  const text = readFileSync(join(HOME, file), 'utf8');
  const pattern = /^(?:#|\/\/) (?:correct|broken: (\S+)) \| (\S+) \| (.+)$/m;
  const [, rule, statePath = '', what = ''] = pattern.exec(text) ?? [];
  if (statePath === '') throw new Error(`${file} does not say what it is.`);
  return { file, rule, statePath, what };
}

async function verdictOn({ file, statePath }: Foreign, rules?: readonly string[]) {
  const port = await freePort();
  const interpreter = INTERPRETERS[file.split('.').at(-1) ?? ''] ?? '';
  const server = spawn(interpreter, [join(HOME, file), String(port)], {
    env: { ...process.env, INQUD_HOOK_SECRET: SECRET },
    stdio: 'ignore',
    detached: true,
  });
  try {
    await untilListening(port);
    const origin = `http://127.0.0.1:${port}`;
    return await check({
      url: `${origin}/webhooks/inqud`,
      stateUrl: origin + statePath,
      secret: SECRET,
      ...(rules === undefined ? {} : { rules }),
    });
  } finally {
    await ended(server);
  }
}

/** With the workers it has started. */
async function ended(server: ChildProcess): Promise<void> {
  const exit = once(server, 'exit');
  process.kill(-(server.pid ?? 0), 'SIGTERM');
  await exit;
}

async function untilListening(port: number): Promise<void> {
  for (let tries = 0; tries < 200; tries += 1) {
    const socket = connect(port, '127.0.0.1');
    const isOpen = await new Promise<boolean>((resolve) => {
      socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
    });
    socket.destroy();
    if (isOpen) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`Nothing listens on ${port}.`);
}
