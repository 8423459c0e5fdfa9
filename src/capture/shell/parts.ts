/** A script inside a file, and the line of the file it starts on, counted from 1. */
export interface ScriptPart {
  readonly script: string;
  readonly firstLine: number;
}

const FENCE = /^( {0,12})(```+|~~~+)[^`\n]*$/;
const PROMPTS: readonly RegExp[] = [
  /^[ \t]*(?:[$%]|\xe2\x9d\xaf|\xe2\x9e\x9c) +(?=\S)/,
  /^[ \t]*(?:\([\w.-]+\) ?)?\[?[\w.-]+@[^\s$#%>]*[^$#%>\n]{0,80}[$#%>] +(?=\S)/,
  /^(?:PS )?[A-Za-z]:\\[^>\n]*> *(?=\S)/,
  // Not a prompt, but as far from the command: a step of YAML, a Makefile, a Dockerfile.
  /^[ \t]*(?:- +(?:[\w-]+: +)?|[\w-]+: +|@|(?:RUN|CMD) +)(?=curl(?:\.exe)?[ \t])/,
];
/** A prompt is looked for in this much of a line. */
const PROMPT_LENGTH = 200;
const CONTINUED = /^[ \t]*> ?/;

/**
 * The scripts of a file: the fenced blocks of Markdown, else the whole. A session pasted from a
 * terminal is one script for each prompt, so that an open quote in an answer ends with it.
 */
export function scriptsIn(text: string): readonly ScriptPart[] {
  const lines = text.split('\n');
  return fencedBlocks(lines).flatMap(({ from, to, indent }) =>
    sessions(
      lines.slice(from, to).map((line) => line.replace(indent, '')),
      from + 1,
    ),
  );
}

interface Block {
  readonly from: number;
  readonly to: number;
  readonly indent: RegExp;
}

function fencedBlocks(lines: readonly string[]): readonly Block[] {
  const blocks: Block[] = [];
  let open: { readonly fence: string; readonly from: number; readonly indent: string } | undefined;
  for (const [index, line] of lines.entries()) {
    const [, indent = '', fence] = FENCE.exec(line.trimEnd()) ?? [];
    if (fence === undefined) continue;
    if (open === undefined) open = { fence, from: index + 1, indent };
    else if (fence.startsWith(open.fence) && line.trim() === fence) {
      blocks.push({
        from: open.from,
        to: index,
        indent: new RegExp(`^ {0,${open.indent.length}}`),
      });
      open = undefined;
    }
  }
  return blocks.length > 0 ? blocks : [{ from: 0, to: lines.length, indent: /^/ }];
}

function sessions(lines: readonly string[], firstLine: number): readonly ScriptPart[] {
  const parts: { lines: string[]; readonly firstLine: number }[] = [];
  let isTyped = false;
  for (const [index, line] of lines.entries()) {
    const prompt = promptOf(line.slice(0, PROMPT_LENGTH));
    if (prompt !== undefined || index === 0) {
      const typed = line.slice(prompt?.length ?? 0);
      parts.push({ lines: [typed], firstLine: firstLine + index });
    } else parts.at(-1)?.lines.push(isTyped ? line.replace(CONTINUED, '') : line);
    isTyped = prompt !== undefined || (isTyped && CONTINUED.test(line));
  }
  return parts.map((part) => ({ script: part.lines.join('\n'), firstLine: part.firstLine }));
}

function promptOf(line: string): string | undefined {
  return PROMPTS.map((prompt) => prompt.exec(line)?.[0]).find((found) => found !== undefined);
}
