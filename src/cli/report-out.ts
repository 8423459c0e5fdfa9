import type { Renderer } from '../report/renderer.js';

/** Where a report goes: something that takes its text as it comes. */
export interface ReportOut<Item, End> {
  begin(): Promise<void>;
  /** Undefined where nothing has to be waited for. */
  record(item: Item): Promise<void> | undefined;
  end(end: End): Promise<void>;
}

/** Writes a report as it comes. */
export function streamReport<Item, End>(
  renderer: Renderer<Item, End>,
  write: (text: string) => Promise<void> | undefined,
): ReportOut<Item, End> {
  const say = (text: string) => (text === '' ? undefined : write(text));
  return {
    begin: async () => say(renderer.begin()),
    record: (item) => say(renderer.record(item)),
    end: async (end) => say(renderer.end(end)),
  };
}

/** Keeps a report until it is whole. */
export function heldReport<Item, End>(
  renderer: Renderer<Item, End>,
  write: (text: string) => Promise<void>,
): ReportOut<Item, End> {
  let held = renderer.begin();
  return {
    begin: () => Promise.resolve(),
    record: (item) => {
      held += renderer.record(item);
      return undefined;
    },
    end: (end) => write(held + renderer.end(end)),
  };
}

/** Tells the same to all of them, in their order. */
export function everyReport<Item, End>(
  reports: readonly ReportOut<Item, End>[],
): ReportOut<Item, End> {
  const [first, ...others] = reports;
  if (first !== undefined && others.length === 0) return first;
  return {
    begin: async () => {
      for (const report of reports) await report.begin();
    },
    record: (item) => {
      const waits = reports.flatMap((report) => report.record(item) ?? []);
      return waits.length === 0 ? undefined : Promise.all(waits).then(() => undefined);
    },
    end: async (end) => {
      for (const report of reports) await report.end(end);
    },
  };
}
