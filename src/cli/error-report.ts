import type { HookError } from '../errors.js';
import { SCHEMA_VERSION } from '../report/schema-version.js';
import type { World } from './world.js';

/** Says what is wrong and what to type: on stderr for people, as the one document for machines. */
export async function reportError(
  error: HookError,
  format: 'pretty' | 'machine',
  world: World,
): Promise<void> {
  const { code, message, hint } = error;
  if (format === 'machine') {
    const document = { schemaVersion: SCHEMA_VERSION, error: { code, message, hint } };
    await world.stdout.write(`${JSON.stringify(document)}\n`);
  }
  await world.stderr.write(`✗ ${message}\n${hint === undefined ? '' : `  ${hint}\n`}`);
}

/** Decided on the words themselves, because the command line may be what is wrong. */
export function wantedFormat(argv: readonly string[]): 'pretty' | 'machine' {
  const isMachine = argv.some(
    (word, index) =>
      /^--format=(json|ndjson)$/.test(word) ||
      (word === '--format' && /^(json|ndjson)$/.test(argv[index + 1] ?? '')),
  );
  return isMachine ? 'machine' : 'pretty';
}
