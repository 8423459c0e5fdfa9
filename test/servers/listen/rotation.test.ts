import {
  appendFileSync,
  existsSync,
  linkSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { capturesOf, type Listening, listening, newFolder } from './listening.js';
import { post, rawSender } from './raw-sender.js';

async function ask(port: number, body: string): Promise<string> {
  const sender = await rawSender(port);
  sender.send(post(body, 'Connection: close'));
  return (await sender.closed()).slice(9, 12);
}

async function bodiesIn(path: string): Promise<readonly string[]> {
  return (await capturesOf(path)).map(({ body }) => body.toString());
}

describe.each(['crash', 'power-cut'] as const)('a capture file that survives a %s', (survives) => {
  test('and is renamed goes on in a new file, as a rotation of logs expects', async () => {
    const heard = await listening({ survives });
    expect(await ask(heard.port, '{"n":1}')).toBe('200');
    renameSync(heard.out, `${heard.out}.1`);
    expect(await ask(heard.port, '{"n":2}')).toBe('200');
    expect(await bodiesIn(`${heard.out}.1`)).toEqual(['{"n":1}']);
    expect(await bodiesIn(heard.out)).toEqual(['{"n":2}']);
    expect(heard.notices).toEqual([
      `${heard.out} was moved or removed: what comes goes to a new file there.`,
    ]);
  });

  test('and is removed goes on in a new file before the next 200', async () => {
    const heard = await listening({ survives });
    for (const n of [1, 2, 3]) {
      rmSync(heard.out);
      expect(await ask(heard.port, `{"n":${n}}`)).toBe('200');
      expect(await bodiesIn(heard.out)).toEqual([`{"n":${n}}`]);
    }
    expect(heard.notices).toHaveLength(3);
  });

  test.each([0, 5, 40])(
    'and is cut to %i bytes goes on at its end, without a hole',
    async (bytes) => {
      const heard = await listening({ survives });
      expect(await ask(heard.port, '{"n":1}')).toBe('200');
      expect(await ask(heard.port, '{"n":2}')).toBe('200');
      truncateSync(heard.out, bytes);
      expect(await ask(heard.port, '{"n":3}')).toBe('200');
      expect(readFileSync(heard.out).includes(0)).toBe(false);
      expect(await bodiesIn(heard.out)).toEqual(['{"n":3}']);
      expect(heard.notices).toEqual([
        `${heard.out} was shortened by somebody else: what comes is added at its end.`,
      ]);
    },
  );

  test('and is added to by somebody else keeps its lines apart from theirs', async () => {
    const heard = await listening({ survives });
    expect(await ask(heard.port, '{"n":1}')).toBe('200');
    appendFileSync(heard.out, '{"kind":"note"}\n{"kind":"half');
    expect(await ask(heard.port, '{"n":2}')).toBe('200');
    expect(await bodiesIn(heard.out)).toEqual(['{"n":1}', '{"n":2}']);
  });
});

describe('where no new file can be opened', () => {
  test('requests are answered 503, until one can', async () => {
    const folder = join(await newFolder(), 'logs');
    mkdirSync(folder);
    const heard = await listening({ out: join(folder, 'captures.ndjson') });
    expect(await ask(heard.port, '{"n":1}')).toBe('200');
    rmSync(folder, { recursive: true });
    expect(await ask(heard.port, '{"n":2}')).toBe('503');
    mkdirSync(folder);
    expect(await ask(heard.port, '{"n":3}')).toBe('200');
    expect(await bodiesIn(heard.out)).toEqual(['{"n":3}']);
    expect(heard.notices[0]).toContain('Requests are answered 503 meanwhile.');
  });

  test('because the path is that of something else now, that is left alone', async () => {
    const heard = await listening();
    renameSync(heard.out, `${heard.out}.1`);
    writeFileSync(heard.out, 'Dear diary');
    expect(await ask(heard.port, '{"n":1}')).toBe('503');
    expect(readFileSync(heard.out, 'utf8')).toBe('Dear diary');
  });
});

describe('a second listener on the same file is refused', () => {
  const names: Readonly<Record<string, (out: string) => Promise<string>>> = {
    'through a symbolic link': async (out) => {
      const path = join(await newFolder(), 'link.ndjson');
      symlinkSync(out, path);
      return path;
    },
    'through a hard link beside it': async (out) => {
      linkSync(out, `${out}.hard`);
      return `${out}.hard`;
    },
    'through a hard link in another folder': async (out) => {
      const path = join(await newFolder(), 'hard.ndjson');
      linkSync(out, path);
      return path;
    },
  };

  test.each(Object.keys(names))('%s', async (name) => {
    const first = await listening();
    const path = (await names[name]?.(first.out)) ?? '';
    await expect(listening({ out: path })).rejects.toThrow('Another listener writes to');
    expect(await ask(first.port, '{"n":1}')).toBe('200');
    await first.stop('at-once');
    const second = await listening({ out: path });
    expect(await ask(second.port, '{"n":2}')).toBe('200');
    expect(await bodiesIn(first.out)).toEqual(['{"n":1}', '{"n":2}']);
  });

  test('also the new one at a path whose file was moved', async () => {
    const first = await listening();
    renameSync(first.out, `${first.out}.1`);
    expect(await ask(first.port, '{}')).toBe('200');
    await expect(listening({ out: first.out })).rejects.toThrow('Another listener writes to');
    await first.stop('at-once');
    await listening({ out: `${first.out}.1` });
  });
});

test('locks are gone with the listener', async () => {
  const first = await listening();
  await first.stop('at-once');
  expect(existsSync(`${first.out}.lock`)).toBe(false);
  const again: Listening = await listening({ out: first.out });
  expect(again.notices).toEqual([]);
});
