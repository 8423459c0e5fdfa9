import { parseCaptureLine } from '../own-format.js';
import type { LineParser } from '../read-lines.js';

/** Reads the tool's own format. */
export const parseOwnLine: LineParser = (line) => [parseCaptureLine(line)];
