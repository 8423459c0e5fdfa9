import type { ByteSource } from '../ports.js';

/** The text before the first line end, and all of it where there is none. What follows is not read. */
export async function firstLine(source: ByteSource): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  for await (const bytes of source) {
    text += decoder.decode(bytes, { stream: true });
    const end = text.indexOf('\n');
    if (end !== -1) return text.slice(0, end);
  }
  return text;
}
