import { join } from 'node:path';
import { HookError } from '../../errors.js';
import { lifeTemplates } from '../../load/export/web-hook-templates.js';
import type { Header } from '../../ports.js';
import { ARTILLERY_COMMAND, artilleryFiles } from '../../report/burst/export/artillery.js';
import type { ExportedLoad } from '../../report/burst/export/exported.js';
import { k6Command, k6Files } from '../../report/burst/export/k6.js';
import { EXIT } from '../../report/exit-code.js';
import { inLine } from '../../report/foreign-text.js';
import { DEFAULT_ENV } from '../secrets.js';
import type { World } from '../world.js';
import type { BurstFlags } from './flags.js';
import type { Load } from './load-from.js';

/** What else a burst can be asked, and a file of another engine cannot. */
export const NOT_WITH_EXPORT = [
  '--find-limit',
  '--state-url',
  '--state-command',
  '--report',
  '--allow',
] as const;

export interface ExportMeans {
  readonly url: string;
  readonly load: Load;
  readonly headers: readonly Header[];
  readonly timeoutMs: number;
}

/** Writes the load as a test of another engine, and says how it is run. Returns the exit code. */
export async function exportLoad(
  engine: NonNullable<BurstFlags['export']>,
  { url, load, headers, timeoutMs }: ExportMeans,
  flags: BurstFlags,
  { files, stdout, parseTarget }: World,
): Promise<number> {
  if (load.asked.spread !== 'constant') throw onlyConstant();
  const [secretVariable = DEFAULT_ENV] = flags.secretEnv ?? [];
  const exported: ExportedLoad = {
    url: (await parseTarget(url)).url,
    headers,
    asked: load.asked,
    lives: lifeTemplates(load.plan.batches, load.makes),
    abreast: load.arrivals.abreast,
    timeoutMs,
    secretVariable,
  };
  const written = engine === 'artillery' ? artilleryFiles(exported) : k6Files(exported);
  const folder = flags.out ?? '.';
  for (const { name } of written) await files.tryWriting(join(folder, name));
  for (const { name, text } of written) {
    await files.write(join(folder, name), new TextEncoder().encode(text));
    await stdout.write(`✓ ${inLine(join(folder, name))}\n`);
  }
  const command = engine === 'artillery' ? ARTILLERY_COMMAND : k6Command(secretVariable);
  await stdout.write(`  Put the secret into $${secretVariable}, and run it there: ${command}\n`);
  return EXIT.satisfied;
}

function onlyConstant(): HookError {
  return new HookError(
    'bad-flag',
    '--export writes arrivals that are evenly spaced, as these engines make them.',
    'Leave --arrivals away.',
  );
}
