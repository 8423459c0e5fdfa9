import { expect, test } from 'vitest';
import { createRecordPump } from '../../src/cli/listen/record-pump.js';

const TEXTS = {
  record: (text: string) => `${text}\n`,
  skipped: (items: number) => `${items} left out\n`,
};

test('writes what comes in one turn at once, in order', async () => {
  const written: string[] = [];
  const write = (text: string | Uint8Array) => {
    written.push(String(text));
    return undefined;
  };
  const pump = createRecordPump<string>({ write, isTerminal: false });
  pump.begin(TEXTS);
  pump.add('a');
  pump.add('b');
  await pump.finish();
  pump.add('c');
  await pump.finish();
  expect(written).toEqual(['a\nb\n', 'c\n']);
});

test('counts what a slow reader does not get to see, and never waits for it', async () => {
  const written: string[] = [];
  let release = () => {};
  const write = (text: string | Uint8Array) => {
    written.push(String(text));
    return new Promise<void>((resolve) => {
      release = resolve;
    });
  };
  const pump = createRecordPump<string>({ write, isTerminal: false });
  pump.begin(TEXTS);
  const line = 'x'.repeat(1024 * 1024);
  pump.add('first');
  await Promise.resolve();
  for (const item of [line, line, line]) pump.add(item);
  const finished = pump.finish();
  release();
  await Promise.resolve();
  await Promise.resolve();
  release();
  await finished;
  expect(written.map((text) => text.slice(-12))).toEqual([
    'first\n',
    '2 left out\n'.padStart(12, '\n'),
  ]);
});

test('keeps what comes before it begins', async () => {
  const written: string[] = [];
  const write = (text: string | Uint8Array) => {
    written.push(String(text));
    return undefined;
  };
  const pump = createRecordPump<string>({ write, isTerminal: false });
  pump.add('early');
  await pump.finish();
  pump.begin(TEXTS);
  pump.add('late');
  await pump.finish();
  expect(written).toEqual(['early\nlate\n']);
});
