import type { CaptureEntry } from '../../capture/record.js';
import { HookError } from '../../errors.js';
import { judgeEntry } from '../../verification/judge-entry.js';
import type { VerifyRecord } from '../../verification/records.js';
import { DIGEST_HEADER } from '../../webhook/digest.js';
import type { VerifySettings } from './verify-settings.js';

/** Checks the one body that `--digest` belongs to. @throws HookError `bad-flag` for several files */
export async function verifyOneBody(
  paths: readonly string[],
  digest: string,
  { loadJudges, quickJudges, world }: VerifySettings,
): Promise<VerifyRecord> {
  const [path, ...more] = paths;
  if (path === undefined || more.length > 0) {
    throw new HookError(
      'bad-flag',
      `--digest belongs to one body, and ${paths.length} files are given.`,
      'Verify them one by one.',
    );
  }
  const body = path === '-' ? await world.stdin.read() : await world.files.read(path);
  const file = path === '-' ? 'standard input' : path;
  const headers = [[DIGEST_HEADER, pastedDigest(digest)] as const];
  const entry: CaptureEntry = { kind: 'capture', record: { headers, body }, at: { file } };
  const quick = judgeEntry(entry, quickJudges, () => []);
  if (quick.verdict !== 'rejected') return quick;
  return judgeEntry(entry, await loadJudges(), () => []);
}

/** The value alone, or the whole header line. */
function pastedDigest(text: string): string {
  return text.replace(/^\s*X-Payload-Digest\s*:/i, '').trim();
}
