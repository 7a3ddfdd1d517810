import { methodsOf, type Route, routeKey } from '../../shared/contract/route.ts';
import { ROUTES } from '../../shared/contract/routes.ts';

export interface FoundRoute {
  readonly route: Route;
  /** `POST /e/{eventId}/register` */
  readonly key: string;
  /** Decoded. */
  readonly rawPath: string;
  readonly parameters: Readonly<Record<string, string>>;
}

interface Entry {
  readonly route: Route;
  readonly methods: readonly string[];
  readonly segments: readonly string[];
}

const isParameter = (segment: string): boolean => segment.startsWith('{');
const parameterCount = ({ segments }: Entry): number => segments.filter(isParameter).length;

/** API Gateway prefers the route with the fewest parameters. */
const ENTRIES: readonly Entry[] = Object.values<Route>(ROUTES)
  .map((route) => ({ route, methods: methodsOf(route), segments: route.path.split('/') }))
  .sort((a, b) => parameterCount(a) - parameterCount(b));

/**
 * The route of the contract for a request, as API Gateway finds it.
 *
 * @param path as sent, percent-encoded
 * @returns `malformed` for a path that cannot be decoded
 */
export function findRoute(method: string, path: string): FoundRoute | 'malformed' | undefined {
  const sent = path.split('/');
  const entry = ENTRIES.find(({ methods, segments }) => methods.includes(method) && fits(segments, sent));
  if (entry === undefined) return undefined;
  try {
    const parameters = entry.segments.flatMap((segment, index) =>
      isParameter(segment) ? [[segment.slice(1, -1), decodeURIComponent(sent[index] ?? '')]] : [],
    );
    return {
      route: entry.route,
      key: routeKey(entry.route, method),
      rawPath: decodeURIComponent(path),
      parameters: Object.fromEntries(parameters),
    };
  } catch {
    return 'malformed';
  }
}

const fits = (segments: readonly string[], sent: readonly string[]): boolean =>
  segments.length === sent.length &&
  segments.every((segment, index) => (isParameter(segment) ? sent[index] !== '' : segment === sent[index]));
