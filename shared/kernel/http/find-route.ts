import { methodsOf, type Route } from '../route.ts';
import { type PathParameters, pathPattern } from './path-pattern.ts';
import { sharedMethods } from './shared-paths.ts';

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
