/** Names of headers and of parts of a query whose values are given in confidence. */
const CONFIDENTIAL =
  'authorization|cookie|auth|sig|signature|[\\w-]*(?:token|secret|password|passwd|pwd|api[-_]?key|access[-_]?key)|key';
const HEADER = new RegExp(`^(?:-H|--header=)?(?:proxy-)?(?:x-)?(${CONFIDENTIAL}):\\s*(.+)$`, 'i');
const QUERY = new RegExp(`[?&](?:${CONFIDENTIAL})=([^&#\\s{}]+)`, 'gi');
const PASSWORD = /:\/\/[^\s/@:]*:([^\s/@]+)@/g;
/** Whoever asks for the request itself is shown it. */
const SHOWS_REQUEST = ['--curl', '--dry-run'];

/**
 * What words of a command line, or of a configuration, say to a server in confidence. Most words
 * are seen at a glance to say nothing, which spares V8 the compiling of long patterns.
 */
export function credentialsIn(words: readonly string[]): readonly string[] {
  if (words.some((word) => SHOWS_REQUEST.includes(word))) return [];
  return words.flatMap((word) => [...headerCredential(word), ...urlCredentials(word)]);
}

/** Without the scheme, as in `Bearer …`, and the names of cookies, which are no secrets. */
function headerCredential(word: string): readonly string[] {
  if (!word.includes(':')) return [];
  const [, name = '', value = ''] = HEADER.exec(word) ?? [];
  if (/cookie/i.test(name))
    return value.split(/;\s*/).map((cookie) => cookie.replace(/^[^=]*=/, ''));
  return [value.replace(/^(?:basic|bearer|token|digest)\s+/i, '')];
}

function urlCredentials(word: string): readonly string[] {
  if (!word.includes('=') && !word.includes('@')) return [];
  const found = [...word.matchAll(QUERY), ...word.matchAll(PASSWORD)];
  return found.map(([, value = '']) => decoded(value));
}

function decoded(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}
