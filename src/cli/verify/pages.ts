import { verifyPage } from '../../report/html/verify.js';
import type { VerifyRecord, VerifySummary } from '../../verification/records.js';
import type { CommandContext } from '../context.js';
import { pageReports, tryPages } from '../page-reports.js';
import type { ReportOut } from '../report-out.js';
import { reproduceCommand } from '../reproduce.js';

/** The pages of a verification. @throws HookError `bad-flag`, `unwritable-file` */
export async function verifyPages(
  files: readonly string[],
  specs: readonly string[],
  context: CommandContext,
): Promise<readonly ReportOut<VerifyRecord, VerifySummary>[]> {
  const { world } = context;
  await tryPages(specs, world);
  const reproduce = reproduceCommand(context, undefined);
  return pageReports(specs, async (page) => verifyPage({ files, reproduce }, page), world);
}
