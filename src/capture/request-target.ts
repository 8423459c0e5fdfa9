/** The path and query of a URL; anything else is given back as it is. */
export function pathOfUrl(url: string | undefined): string | undefined {
  if (url === undefined || !URL.canParse(url)) return url;
  const { pathname, search } = new URL(url);
  return pathname + search;
}
