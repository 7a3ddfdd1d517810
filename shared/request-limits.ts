import { pathPattern } from './kernel/http/find-route.ts';
import type { RequestLimits } from './kernel/http/viewer-request.ts';
import { LANGUAGE_TAGS } from './kernel/i18n/languages.ts';
import type { Route } from './kernel/route.ts';
import { THANKS_COOKIE } from './registration/apply/thanks-cookie.ts';
import { ROUTES } from './routes.ts';

/** What most paths take, and what the page for paths that lead nowhere reads. */
const OTHERWISE = ['lang'];

/**
 * The query parameters that routes know, by path: those of all its methods together. Paths that know nothing but the language are
 * left out, unless another one would be taken for them.
 */
function knownQueries(): Pick<RequestLimits, 'paths' | 'otherwise'> {
  const names = new Map<string, string[]>();
  for (const { path, query } of Object.values<Route>(ROUTES)) {
    const known = [...(names.get(path) ?? []), ...Object.keys(query?.shape ?? {})];
    names.set(path, [...new Set(known)].sort());
  }
  // As the server finds a route: the one with the fewest variables.
  const all = [...names].sort(([a], [b]) => pathPattern(a).variables - pathPattern(b).variables);
  const special = all.filter(([, each]) => each.join() !== OTHERWISE.join());
  const listed = all.filter(([path]) => special.some(([other]) => overlap(path, other)));
  return { paths: listed, otherwise: OTHERWISE };
}

/** Whether some address fits both; a path overlaps itself. */
function overlap(path: string, other: string): boolean {
  const [ours, theirs] = [path.split('/'), other.split('/')];
  return (
    ours.length === theirs.length &&
    ours.every(
      (each, index) => [each, theirs[index]].some((segment) => segment?.startsWith('{')) || each === theirs[index],
    )
  );
}

/** What of a request answers can depend on: nothing else in it reaches a function. */
export const REQUEST_LIMITS: RequestLimits = { languages: LANGUAGE_TAGS, cookies: [THANKS_COOKIE], ...knownQueries() };
