/** The path and query of a URL; anything else is given back as it is. */
export function pathOfUrl(url: string | undefined): string | undefined {
  if (url === undefined || !URL.canParse(url)) return url;
  const { pathname, search } = new URL(url);
  return pathname + search;
}

const HAS_SCHEME = /^[a-z][a-z0-9+.-]*:\/\//i;

/** The same of what people type for a URL: `localhost:3000/hook` has no scheme. */
export function pathOfTarget(target: string): string | undefined {
  const isWhole = HAS_SCHEME.test(target) || target.startsWith('/');
  return pathOfUrl(isWhole ? target : `http://${target}`);
}
