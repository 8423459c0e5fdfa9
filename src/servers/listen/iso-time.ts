/** Writes instants as ISO 8601 UTC; within one millisecond the text is made once. */
export function createIsoTime(): (epochMs: number) => string {
  let lastMs = Number.NaN;
  let text = '';
  return (epochMs) => {
    if (epochMs === lastMs) return text;
    lastMs = epochMs;
    text = new Date(epochMs).toISOString();
    return text;
  };
}
