/**
 * The path and query of a URL; anything else is given back as it is. `URL.canParse` is not asked:
 * once compiled, that of Node 20 says yes to some hosts beyond ASCII that `URL` does not take.
 */
export function pathOfUrl(url: string | undefined): string | undefined {
  if (url === undefined) return undefined;
  try {
    const { pathname, search } = new URL(url);
    return pathname + search;
  } catch {
    return url;
  }
}

const HAS_SCHEME = /^[a-z][a-z0-9+.-]*:\/\//i;

/** The same of what people type for a URL: `localhost:3000/hook` has no scheme. */
export function pathOfTarget(target: string): string | undefined {
  const isWhole = HAS_SCHEME.test(target) || target.startsWith('/');
  return pathOfUrl(isWhole ? target : `http://${target}`);
}
