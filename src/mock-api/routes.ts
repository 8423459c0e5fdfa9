import source from './routes.json' with { type: 'json' };

const ANSWERS = ['by-id', 'by-order', 'page', 'connection', 'balances'] as const;
const FIDELITIES = ['documented', 'inferred'] as const;
const ACCESSES = ['token', 'public'] as const;

/** How a route finds what it answers with. */
export type AnswerKind = (typeof ANSWERS)[number];
/** Whether Inqud's own docs show path and answer, or they are put together from elsewhere. */
export type Fidelity = (typeof FIDELITIES)[number];

/** One GET of Inqud's API. `routes.json` is the place to edit. */
export interface Route {
  /** With names in braces: `/v1/user/payments/{id}`. */
  readonly path: string;
  readonly answers: AnswerKind;
  /** The kinds of resources it is about. */
  readonly kinds: readonly string[];
  /** Public ones take no token. */
  readonly access: (typeof ACCESSES)[number];
  readonly fidelity: Fidelity;
  /** Where the fact is from: a page of docs.inqud.com when it starts with `/`, else a sentence. */
  readonly source: string;
}

/** Where a successful resource of a kind says what it brings, as dotted paths. */
export interface Credit {
  readonly kind: string;
  readonly amount: string;
  readonly currency: string;
}

export const ROUTES: readonly Route[] = source.routes.map((route) => ({
  ...route,
  answers: oneOf(ANSWERS, route.answers),
  access: oneOf(ACCESSES, route.access),
  fidelity: oneOf(FIDELITIES, route.fidelity),
}));

export const CREDITS: readonly Credit[] = source.credits;

/** A route, and what stands in the place of the names in its path. */
export interface MatchedRoute {
  readonly route: Route;
  readonly names: Readonly<Record<string, string>>;
}

const PATTERNS = ROUTES.map((route) => ({ route, pattern: patternOf(route.path) }));

/** The first route of that path; its parts are still percent-encoded. */
export function matchRoute(path: string): MatchedRoute | undefined {
  for (const { route, pattern } of PATTERNS) {
    const match = pattern.exec(path);
    if (match !== null) return { route, names: { ...match.groups } };
  }
  return undefined;
}

function patternOf(path: string): RegExp {
  return new RegExp(`^${path.replace(/\{(\w+)\}/g, '(?<$1>[^/]+)')}$`);
}

function oneOf<Value extends string>(values: readonly Value[], text: string): Value {
  const found = values.find((value) => value === text);
  if (found === undefined) {
    throw new Error(`routes.json says "${text}" where one of ${values.join(', ')} belongs.`);
  }
  return found;
}
