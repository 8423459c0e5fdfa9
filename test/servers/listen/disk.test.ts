import { execFileSync } from 'node:child_process';
import {
  appendFileSync,
  existsSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { formatCapture } from '../../../src/capture/own-format.js';
import { capturesOf, listening, newFolder } from './listening.js';
import { post, rawSender } from './raw-sender.js';

const whole = formatCapture({ method: 'POST', headers: [], body: Buffer.from('{"n":1}') });

async function ask(port: number, body = '{}'): Promise<string> {
  const sender = await rawSender(port);
  sender.send(post(body, 'Connection: close'));
  return sender.closed();
}

describe('a full disk', () => {
  test('is answered 503, and said once', async () => {
    const heard = await listening({ out: '/dev/full' });
    for (let number = 0; number < 3; number += 1) {
      const answer = await ask(heard.port);
      expect(answer).toMatch(/^HTTP\/1\.1 503 Service Unavailable\r\n/);
      expect(answer).toContain(
        'The request could not be recorded: no space is left on the device.\n',
      );
    }
    expect(heard.recorded).toEqual([]);
    expect(heard.notices).toEqual([
      '/dev/full cannot be written: no space is left on the device. Requests are answered 503 meanwhile.',
    ]);
  });

  test('does not count towards the requests asked for', async () => {
    const heard = await listening({ out: '/dev/full', count: 1 });
    expect(await ask(heard.port)).toContain('503');
    expect(await ask(heard.port)).toContain('no space is left');
  });

  test.skipIf(!canMount()).each(['crash', 'power-cut'] as const)(
    'never leaves half a line, and is over when there is space again (%s)',
    async (survives) => {
      const folder = await smallDisk();
      const out = join(folder, 'captures.ndjson');
      const filler = join(folder, 'filler');
      const heard = await listening({ out, survives });
      expect(await ask(heard.port, '{"n":1}')).toContain('200 OK');
      writeFileSync(filler, Buffer.alloc(100_000));
      const { port, statuses } = { port: heard.port, statuses: [] as string[] };
      for (let number = 0; number < 40; number += 1) {
        statuses.push((await ask(port, `{"x":"${'x'.repeat(5_000)}"}`)).slice(9, 12));
      }
      const stored = statuses.filter((status) => status === '200').length;
      expect(statuses.slice(-10)).toEqual(Array.from({ length: 10 }, () => '503'));
      expect(await capturesOf(out)).toHaveLength(1 + stored);
      expect(readFileSync(out).at(-1)).toBe(0x0a);

      rmSync(filler);
      expect(await ask(port, '{"n":2}')).toContain('200 OK');
      expect((await capturesOf(out)).at(-1)?.body.toString()).toBe('{"n":2}');
      expect(heard.notices).toEqual([
        `${out} cannot be written: no space is left on the device. Requests are answered 503 meanwhile.`,
        `${out} can be written again.`,
      ]);
    },
  );

  test.skipIf(!canMount())('of the redacted copy keeps no request from being stored', async () => {
    const folder = await smallDisk();
    const path = join(folder, 'shareable.ndjson');
    writeFileSync(join(folder, 'filler'), Buffer.alloc(100_000));
    const line = Buffer.from(`${whole}${' '.repeat(50_000)}\n`);
    const heard = await listening({ redacted: { path, lineOf: () => line } });
    for (let number = 0; number < 4; number += 1) expect(await ask(heard.port)).toContain('200 OK');
    expect(await heard.captures()).toHaveLength(4);
    expect(heard.notices).toEqual([
      `${path} cannot be written: no space is left on the device. Its requests are in ${heard.out}.`,
    ]);
  });
});

describe('a torn last line', () => {
  test('is moved aside, never fatal, and the file goes on', async () => {
    const out = join(await newFolder(), 'captures.ndjson');
    const torn = whole.slice(0, 40);
    writeFileSync(out, `${whole}\n${torn}`);
    const heard = await listening({ out });
    expect(heard.notices).toEqual([
      `The last line of ${out} was torn, so it was never acknowledged: its 40 bytes are now in ${out}.torn.`,
    ]);
    expect(await ask(heard.port, '{"n":2}')).toContain('200 OK');
    expect((await heard.captures()).map(({ body }) => body.toString())).toEqual([
      '{"n":1}',
      '{"n":2}',
    ]);
    expect(readFileSync(`${out}.torn`, 'utf8')).toBe(`${torn}\n`);
  });

  test('is repaired wherever it is torn', async () => {
    const out = join(await newFolder(), 'captures.ndjson');
    for (let bytes = 0; bytes < whole.length; bytes += 1) {
      writeFileSync(out, whole.slice(0, bytes));
      const heard = await listening({ out });
      await heard.stop('at-once');
      expect(statSync(out).size).toBe(0);
    }
  });

  test('that lacks only its newline gets it', async () => {
    const out = join(await newFolder(), 'captures.ndjson');
    writeFileSync(out, whole);
    const heard = await listening({ out });
    expect(readFileSync(out, 'utf8')).toBe(`${whole}\n`);
    expect(heard.notices).toEqual([`The last line of ${out} had no newline; it has one now.`]);
  });

  test('longer than a block is found as well', async () => {
    const out = join(await newFolder(), 'captures.ndjson');
    writeFileSync(out, `${whole}\n${whole.slice(0, -2)}${'x'.repeat(300_000)}`);
    const heard = await listening({ out });
    expect(readFileSync(out, 'utf8')).toBe(`${whole}\n`);
    expect(heard.notices).toHaveLength(1);
  });

  test('of zeros, as a power cut may leave them, is cut off', async () => {
    const out = join(await newFolder(), 'captures.ndjson');
    writeFileSync(out, `${whole}\n`);
    truncateSync(out, 10_000);
    await listening({ out });
    expect(await capturesOf(out)).toHaveLength(1);
  });
});

describe('a file', () => {
  test('has one listener at a time', async () => {
    const first = await listening();
    await expect(listening({ out: first.out })).rejects.toThrow(
      `Another listener writes to ${first.out} (process ${process.pid} on `,
    );
    await first.stop('at-once');
    expect(existsSync(`${first.out}.lock`)).toBe(false);
    await listening({ out: first.out });
  });

  test('is taken over from a listener that was killed', async () => {
    const out = join(await newFolder(), 'captures.ndjson');
    const held = await listening({ out });
    const lock = readFileSync(`${out}.lock`, 'utf8');
    await held.stop('at-once');
    const dead = [
      lock.replace(/"pid":\d+/, '"pid":4194305'),
      lock.replace(/"started":"[^"]*"/, '"started":"another boot 1"'),
      'no lock at all',
      '',
    ];
    for (const text of dead) {
      writeFileSync(`${out}.lock`, text);
      const heard = await listening({ out });
      await heard.stop('at-once');
    }
  });

  test('of a listener on another machine is believed to be in use', async () => {
    const out = join(await newFolder(), 'captures.ndjson');
    writeFileSync(`${out}.lock`, '{"pid":1,"host":"elsewhere"}\n');
    await expect(listening({ out })).rejects.toThrow('(process 1 on elsewhere)');
  });

  test('that holds something else is left alone', async () => {
    const out = join(await newFolder(), 'notes.txt');
    writeFileSync(out, 'Dear diary');
    await expect(listening({ out })).rejects.toThrow(
      `${out} is no capture file of inqud-hook, so nothing is added to it.`,
    );
    expect(readFileSync(out, 'utf8')).toBe('Dear diary');
    expect(existsSync(`${out}.lock`)).toBe(false);
  });

  test('may hold records of other kinds', async () => {
    const out = join(await newFolder(), 'captures.ndjson');
    writeFileSync(out, '{"kind":"ready","schemaVersion":1}\n');
    appendFileSync(out, `${whole}\n`);
    await listening({ out });
    expect(await capturesOf(out)).toHaveLength(1);
  });

  test('cannot be a folder, or lie in one that is not there', async () => {
    const folder = await newFolder();
    await expect(listening({ out: folder })).rejects.toThrow(
      `${folder} cannot be written: it is a folder.`,
    );
    const out = join(folder, 'no', 'captures.ndjson');
    await expect(listening({ out })).rejects.toThrow(
      `${out} cannot be written: there is no such file.`,
    );
  });

  test('is only for its owner to read', async () => {
    const heard = await listening();
    expect(statSync(heard.out).mode & 0o777).toBe(0o600);
  });
});

test('a port that is taken is refused, and the file is free again', async () => {
  const first = await listening();
  const out = join(await newFolder(), 'captures.ndjson');
  await expect(listening({ out, port: first.port })).rejects.toThrow(
    `Port ${first.port} of 127.0.0.1 cannot be listened on: another program listens there.`,
  );
  await listening({ out });
});

/** A file system of 128 KiB. */
async function smallDisk(): Promise<string> {
  const folder = await newFolder();
  execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=128k', 'tmpfs', folder]);
  onTestFinished(() => void execFileSync('umount', ['--lazy', folder]));
  return folder;
}

/** Only root may, and not in every container. */
function canMount(): boolean {
  try {
    execFileSync('sh', ['-c', 'mount -t tmpfs -o size=8k tmpfs /mnt && umount /mnt'], {
      stdio: 'ignore',
    });
    return true;
  } catch {
    return false;
  }
}
