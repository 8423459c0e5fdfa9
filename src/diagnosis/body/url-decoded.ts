import type { Subject } from '../subject.js';
import { type BodyCandidate, texts } from './body-mistake.js';

export function urlDecoded(subject: Subject): readonly BodyCandidate[] {
  const text = subject.text();
  if (!/%[0-9a-f]{2}/i.test(text)) return [];
  return [text, text.replaceAll('+', ' ')].flatMap((form) => {
    const decoded = decodedOrNone(form);
    return decoded === undefined ? [] : texts(decoded);
  });
}

function decodedOrNone(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
