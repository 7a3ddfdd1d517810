import { GATEWAY_ROUTES, type GatewayRoute } from '../../shared/gateway-routes.ts';
import { type PathParameters, type PathPattern, pathPattern } from '../../shared/kernel/http/find-route.ts';
import { DEFAULT_ROUTE } from '../../shared/kernel/route.ts';

export interface ChosenRoute {
  readonly route: GatewayRoute;
  /** Decoded. */
  readonly rawPath: string;
  /** Decoded; none of `$default`. */
  readonly parameters: PathParameters;
}

interface Entry {
  readonly route: GatewayRoute;
  readonly method: string;
  readonly isGreedy: boolean;
  /** How many segments it has. */
  readonly length: number;
  readonly pattern: PathPattern;
}

/** The most specific first: a whole path before a greedy one, of these the longer one; fewer variables; a method before ANY. */
const ENTRIES: readonly Entry[] = GATEWAY_ROUTES.filter(({ key }) => key !== DEFAULT_ROUTE)
  .map((route) => {
    const [method = '', path = ''] = route.key.split(' ');
    return { route, method, isGreedy: path.endsWith('+}'), length: path.split('/').length, pattern: pathPattern(path) };
  })
  .sort(
    (one, other) =>
      Number(one.isGreedy) - Number(other.isGreedy) ||
      other.length - one.length ||
      one.pattern.variables - other.pattern.variables ||
      Number(one.method === 'ANY') - Number(other.method === 'ANY'),
  );

const FALLBACK = GATEWAY_ROUTES.find(({ key }) => key === DEFAULT_ROUTE);

/**
 * The route that API Gateway chooses for a request, of those that are deployed.
 *
 * @param path as sent, percent-encoded
 * @returns `malformed` for a path that cannot be decoded
 */
export function chooseRoute(method: string, path: string): ChosenRoute | 'malformed' | undefined {
  const entry = ENTRIES.find((each) => [method, 'ANY'].includes(each.method) && each.pattern.match(path) !== undefined);
  const route = entry?.route ?? FALLBACK;
  if (route === undefined) return undefined;
  try {
    const parameters = Object.entries(entry?.pattern.match(path) ?? {}).map(([name, value]) => [
      name,
      decodeURIComponent(value),
    ]);
    return { route, rawPath: decodeURIComponent(path), parameters: Object.fromEntries(parameters) };
  } catch {
    return 'malformed';
  }
}
