import type { SourceText } from '../ports.js';
import { isTestFile } from './test-file.js';

/** The path that takes web hooks. */
export interface HookRoute {
  readonly path: string;
  /** The file that says so. */
  readonly file: string;
}

/** Of no source that names one. */
export const USUAL_PATH = '/webhooks/inqud';

/** Quoted: with a slash at its start, or right behind the word of a router. */
const QUOTED = /(\b(?:post|route|match|path)[\s(]+)?r?(["'`])(?:POST\s+)?(\/?[\w./-]+)\2/gi;
const OF_WEB_HOOKS = /inqud|web-?_?hooks?/i;
/** A file of a page, a picture or a module is no route. */
const FILE_NAME = /\.[a-z]\w{0,4}$|^\.|^\/\/|\.\./i;
/** Next.js makes the route of the name: `app/api/hooks/route.ts`, `pages/api/hooks.ts`. */
const NEXT_APP = /^(?:src\/)?app(\/.+)\/route\.[jt]sx?$/;
const NEXT_PAGES = /^(?:src\/)?pages(\/api\/.+?)(?:\/index)?\.[jt]sx?$/;

/** The likeliest route: one that names Inqud before one that names web hooks. */
export function routeIn(sources: readonly SourceText[]): HookRoute | undefined {
  const routes = sources
    .filter(({ path }) => !isTestFile(path))
    .flatMap((source) => routesOf(source));
  return routes.find(({ path }) => /inqud/i.test(path)) ?? routes[0];
}

function routesOf({ path: file, text }: SourceText): readonly HookRoute[] {
  const [, named] = NEXT_APP.exec(file) ?? NEXT_PAGES.exec(file) ?? [];
  if (named !== undefined) return isRoute(named) ? [{ path: withoutGroups(named), file }] : [];
  const lines = text.split('\n').filter((line) => !/^\s*(import\b|from\b|\/\/|#|\*)/.test(line));
  return lines.flatMap((line) =>
    [...line.matchAll(QUOTED)].flatMap(([, verb, , path = '']) => {
      if (!isRoute(path) || (verb === undefined && !path.startsWith('/'))) return [];
      const prefix = /(^|\/)routes\/api\.php$/.test(file) ? '/api' : '';
      return [{ path: `${prefix}/${path.replace(/^\//, '')}`, file }];
    }),
  );
}

function isRoute(path: string): boolean {
  return OF_WEB_HOOKS.test(path) && !FILE_NAME.test(path);
}

/** A group of Next.js, `(shop)`, is no part of the route. */
function withoutGroups(path: string): string {
  return path.replaceAll(/\/\([^/]+\)/g, '');
}
