import { describe, expect, test } from 'vitest';
import { formatCapture } from '../../src/capture/own-format.js';
import { createRedaction } from '../../src/capture/redact.js';
import { inqudHook, newFolder } from '../world.js';

const BODY = '{"field":"value"}';
const DIGEST = '7e36242a10fd65cbaacd7ff288df9fd3f9e75a46';
const WRONG = '0000000000000000000000000000000000000000';
const env = { INQUD_HOOK_SECRET: 'secret_value' };
const SENTENCE = 'This copy was redacted by listen: its digest can no longer match.';

function copy(paths: readonly string[], digest = DIGEST): string {
  const headers = [
    ['Cookie', 'a=b'],
    ['X-Payload-Digest', digest],
  ] as const;
  const redact = createRedaction(paths);
  const { record, redacted } = redact({ headers, body: Buffer.from(BODY) });
  return `${formatCapture(record, { redacted })}\n`;
}

async function verified(text: string, from?: 'ndjson') {
  const folder = await newFolder();
  const file = await folder.write('copy.ndjson', text);
  const flags = from === undefined ? [] : ['--from', from];
  const piped = from !== undefined;
  const ran = await inqudHook(
    ['verify', piped ? '-' : file, '--format', 'json', ...flags],
    piped ? { env, stdin: text } : { env },
  );
  return { exitCode: ran.exitCode, entry: JSON.parse(ran.stdout).entries[0] };
}

describe('a redacted copy of listen', () => {
  test.each([[['field']], [['headers.X-Payload-Digest']], [['headers.Cookie', 'body']]])(
    'is malformed and no forgery: %j',
    async (paths) => {
      for (const from of [undefined, 'ndjson'] as const) {
        const { exitCode, entry } = await verified(copy(paths), from);
        expect(entry).toMatchObject({ verdict: 'malformed', reason: SENTENCE });
        expect(exitCode).toBe(2);
      }
    },
  );

  test('is judged where only headers were redacted that nobody signs', async () => {
    for (const from of [undefined, 'ndjson'] as const) {
      expect((await verified(copy(['headers.Cookie']), from)).entry.verdict).toBe('genuine');
      const forged = await verified(copy(['headers.Cookie'], WRONG), from);
      expect(forged).toMatchObject({ exitCode: 1, entry: { verdict: 'rejected' } });
    }
  });

  test('is replayed, and its report says what it is', async () => {
    const folder = await newFolder();
    const file = await folder.write('copy.ndjson', copy(['field']));
    const flags = ['--receiver', 'healthy', '--format', 'json'];
    const ran = await inqudHook(['replay', file, ...flags], { env });
    expect(ran.stdout).toContain(SENTENCE);
  });
});
