import { type Method, methodsOf, type Route } from '../route.ts';

export interface FoundRoute {
  readonly kind: 'route';
  readonly id: string;
  readonly route: Route;
  readonly params: PathParameters;
}

/** What a method and a path mean to a function. */
export type Finding =
  | FoundRoute
  /** The path is there, but not for this method; `route` is one that has it, `allow` every method that does. */
  | { readonly kind: 'other-method'; readonly route: Route; readonly allow: readonly string[] }
  | { readonly kind: 'unknown-path'; readonly route?: undefined };

/** @param path decoded, as API Gateway hands it over: a slash that was escaped in it is one like any other */
type FindRoute = (method: string, path: string) => Finding;

/**
 * Finds routes of the contract: API Gateway's own are fewer, and say no more than which function is meant.
 *
 * @param routes of the function, by their ids
 */
export function routeFinder(routes: Readonly<Record<string, Route>>): FindRoute {
  const entries = Object.entries(routes)
    .map(([id, route]) => ({ id, route, methods: methodsOf(route), pattern: pathPattern(route.path) }))
    .sort((one, other) => one.pattern.variables - other.pattern.variables);

  return (method, path) => {
    const fitting = entries.flatMap((entry) => {
      const params = entry.pattern.match(path);
      return params === undefined ? [] : [{ ...entry, params }];
    });
    const found = fitting.find(({ methods }) => methods.includes(method));
    if (found !== undefined) return { kind: 'route', id: found.id, route: found.route, params: found.params };
    const [nearest] = fitting;
    if (nearest === undefined) return { kind: 'unknown-path' };
    const declared = fitting.flatMap(({ route }) => [route.method, ...sharedMethods(route.path)]);
    const allow = inOrder(declared.flatMap((each) => methodsOf({ method: each })));
    return { kind: 'other-method', route: nearest.route, allow };
  };
}

const ORDER = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'];
const inOrder = (methods: readonly string[]): readonly string[] => ORDER.filter((each) => methods.includes(each));

/** The values of a pattern's variables in a path that fits it. */
export type PathParameters = Readonly<Record<string, string>>;

export interface PathPattern {
  /** How many segments are variables; of two patterns that fit, the one with fewer is meant. */
  readonly variables: number;
  /** @returns nothing where the path does not fit */
  readonly match: (path: string) => PathParameters | undefined;
}

const VARIABLE = /^\{(\w+)(\+?)\}$/;

/**
 * A path in API Gateway's notation. A variable (`{eventId}`) takes one segment, which is never empty. A greedy one (`{proxy+}`) stands
 * at the end and takes the rest, but at least one character: it does not fit the path of its parent.
 *
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-routes.html
 */
export function pathPattern(pattern: string): PathPattern {
  const segments = pattern.split('/');
  const named = segments.map((segment) => VARIABLE.exec(segment));
  const last = named.at(-1);
  const isGreedy = last?.[2] === '+';
  return {
    variables: named.filter((each) => each !== null).length,
    match(path) {
      const sent = path.split('/');
      const parts = isGreedy ? [...sent.slice(0, segments.length - 1), restFrom(sent, segments.length - 1)] : sent;
      if (parts.length !== segments.length) return undefined;
      const parameters: [string, string][] = [];
      for (const [index, part] of parts.entries()) {
        const name = named[index]?.[1];
        if (name === undefined ? part !== segments[index] : part === '') return undefined;
        if (name !== undefined) parameters.push([name, part]);
      }
      return Object.fromEntries(parameters);
    },
  };
}

const restFrom = (sent: readonly string[], start: number): string => sent.slice(start).join('/');

/**
 * The methods of paths that several functions share, which a function cannot know by itself: it bundles its own part of the contract and
 * no other. The whole contract says whether they are all here.
 */
export const SHARED_PATHS = {
  '/e/{eventId}/register': { GET: true, POST: true },
  '/e/{eventId}/register/young': { GET: true, POST: true },
  '/e/{eventId}/find': { GET: true, POST: true },
} as const satisfies Readonly<Record<string, { readonly [M in Method]?: true }>>;

/** Every method of a path that several functions share; none of any other path. */
export const sharedMethods = (path: string): readonly Method[] =>
  Object.hasOwn(SHARED_PATHS, path) ? (Object.keys(SHARED_PATHS[path as keyof typeof SHARED_PATHS]) as Method[]) : [];
