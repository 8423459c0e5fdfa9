import type { CaptureEntry } from '../../capture/record.js';
import { HookError } from '../../errors.js';
import { judgeEntry } from '../../verification/judge-entry.js';
import type { VerifyRecord } from '../../verification/records.js';
import { DIGEST_HEADER } from '../../webhook/scheme.js';
import type { World } from '../world.js';
import type { VerifySettings } from './settings.js';

const GZIP_START = 0x1f;
const MOST_BODY_BYTES = 500 * 1024 * 1024;

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
  if (digest.trim() === '') {
    throw new HookError(
      'bad-flag',
      '--digest is empty.',
      'Give the digest, or the header as pasted.',
    );
  }
  const bytes = path === '-' ? await world.stdin.read() : await world.files.read(path);
  const file = path === '-' ? 'standard input' : path;
  const body = bytes[0] === GZIP_START ? await unpacked(bytes, file, world) : bytes;
  const headers = [[DIGEST_HEADER, pastedDigest(digest)] as const];
  const entry: CaptureEntry = { kind: 'capture', record: { headers, body }, at: { file } };
  const quick = judgeEntry(entry, await quickJudges(body.length), () => []);
  if (quick.verdict !== 'rejected') return quick;
  return judgeEntry(entry, await loadJudges(), () => []);
}

/** No web hook starts so, but what packed it does. */
async function unpacked(bytes: Uint8Array, file: string, world: World): Promise<Uint8Array> {
  const { mostHeld, readWhole } = await import('../../capture/source.js');
  const source = await world.unpack(chunkOf(bytes), file);
  const whole = await readWhole(source, MOST_BODY_BYTES);
  if (whole.kind === 'whole') return whole.bytes;
  throw new HookError(
    'unreadable-file',
    `${file} unpacks to more than ${mostHeld(source, MOST_BODY_BYTES)} bytes, which no body has.`,
    'Unpack it, and look what it is.',
  );
}

async function* chunkOf(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

/** What openssl and sha1sum print around a digest: the names before it, the file behind it. */
const PRINTED =
  /^(?:(?:HMAC-?)?(?:SHA-?1)? ?\([^()\n]*\)\s*=\s*([0-9a-f]{40})|\\?([0-9a-f]{40}) [ *]\S.*)$/i;

/** The value alone, the whole header line, or what a tool printed. */
function pastedDigest(text: string): string {
  const value = text.replace(new RegExp(`^\\s*${DIGEST_HEADER}\\s*:`, 'i'), '').trim();
  const [, ofOpenssl, ofSum] = PRINTED.exec(value) ?? [];
  return ofOpenssl ?? ofSum ?? value;
}
