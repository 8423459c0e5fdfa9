/**
 * The candidate that was probably meant: one that the text begins, else the one that takes the
 * fewest edits to reach. `undefined` when more than half of the text would have to change.
 */
export function nearest(text: string, candidates: readonly string[]): string | undefined {
  if (text === '') return undefined;
  const begun = candidates.find((candidate) => candidate.startsWith(text));
  return begun ?? fewestEdits(text, candidates);
}

function fewestEdits(text: string, candidates: readonly string[]): string | undefined {
  let best: string | undefined;
  let fewest = Math.floor(text.length / 2) + 1;
  for (const candidate of candidates) {
    const edits = editDistance(text, candidate);
    if (edits < fewest) {
      fewest = edits;
      best = candidate;
    }
  }
  return best;
}

/** Levenshtein's distance: insertions, deletions and replacements of one character. */
function editDistance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, column) => column);
  for (const [line, character] of [...from].entries()) {
    row = nextRow(row, line + 1, character, to);
  }
  return row.at(-1) ?? 0;
}

function nextRow(above: readonly number[], start: number, character: string, to: string): number[] {
  const row = [start];
  let left = start;
  for (let column = 1; column <= to.length; column += 1) {
    const replaced = (above[column - 1] ?? 0) + (to[column - 1] === character ? 0 : 1);
    left = Math.min(left + 1, (above[column] ?? 0) + 1, replaced);
    row.push(left);
  }
  return row;
}
