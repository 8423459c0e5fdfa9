import { HookError } from '../../errors.js';
import { verifyPage } from '../../report/html/verify.js';
import type { VerifyRecord, VerifySummary } from '../../verification/records.js';
import type { CommandContext } from '../context.js';
import { STDIN_PATH } from '../files-apart.js';
import { pageReports, tryPages } from '../page-reports.js';
import type { ReportOut } from '../report-out.js';
import { reproduceCommand } from '../reproduce.js';
import type { World } from '../world.js';

/** The pages of a verification. @throws HookError `bad-flag`, `unwritable-file` */
export async function verifyPages(
  files: readonly string[],
  specs: readonly string[],
  context: CommandContext,
): Promise<readonly ReportOut<VerifyRecord, VerifySummary>[]> {
  const { world } = context;
  for (const path of files) await readsLater(path, world);
  await tryPages(specs, world);
  const reproduce = reproduceCommand(context, undefined);
  return pageReports(specs, async (page) => verifyPage({ files, reproduce }, page), world);
}

/** A page is not to take the place of a capture. What cannot be read is said when its turn comes. */
async function readsLater(path: string, { expandInput }: World): Promise<void> {
  try {
    await expandInput(path === '-' ? STDIN_PATH : path);
  } catch (error) {
    if (error instanceof HookError && error.code === 'bad-flag') throw error;
  }
}
