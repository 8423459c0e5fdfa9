import type { SourceText } from '../ports.js';
import { isTestFile } from './test-file.js';

/** A GET of one order, payment or the like: `app.get('/orders/:id'`, `@app.get("/orders/{id}")`. */
const ROUTE =
  /\bget\s*\(\s*["'`](\/(?:[\w-]+\/)*(?:orders?|payments?|checkouts?|invoices?)\/)[:{<][\w:]+[}>]?["'`]/gi;
const USUAL_STATE_PATH = '/orders/{clientOrderId}';

/** The path at which a receiver seems to show an order; a usual one where no source tells. */
export function statePathIn(sources: readonly SourceText[]): string {
  for (const { path: file, text } of sources) {
    if (isTestFile(file)) continue;
    for (const [, path = ''] of text.matchAll(ROUTE)) {
      return `${path}${/orders?\/$/i.test(path) ? '{clientOrderId}' : '{id}'}`;
    }
  }
  return USUAL_STATE_PATH;
}
