import type { Plan } from '../../delivery/plan.js';
import { formatPlan, planDocument } from '../../delivery/plan-document.js';
import { jsonLine } from '../foreign-text.js';
import { SCHEMA_VERSION } from '../schema-version.js';

/** A plan that is not carried out: the document that `--plan` reads, or a record of it. */
export function planText(plan: Plan, format: 'pretty' | 'json' | 'ndjson'): string {
  if (format !== 'ndjson') return formatPlan(plan);
  const command = 'simulate-retries';
  const ready = { kind: 'ready', schemaVersion: SCHEMA_VERSION, command, dryRun: true };
  const record = { kind: 'plan', plan: planDocument(plan) };
  return jsonLine(ready) + jsonLine(record);
}
