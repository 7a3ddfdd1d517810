import type { Route } from '../contract/route.ts';
import { ROUTES } from '../contract/routes.ts';
import type { Known } from '../contract/viewer-request.ts';
import { SITE_LANGUAGES } from './language.ts';

/** What most paths take, and what the page for paths that lead nowhere reads. */
const OTHERWISE = ['lang'];

/**
 * The query parameters that routes know, by path: those of all its methods together. Paths that know nothing but the language are
 * left out, unless another one would be taken for them.
 */
function knownQueries(): Omit<Known, 'languages'> {
  const names = new Map<string, string[]>();
  for (const { path, query } of Object.values<Route>(ROUTES)) {
    const known = [...(names.get(path) ?? []), ...Object.keys(query?.shape ?? {})];
    names.set(path, [...new Set(known)].sort());
  }
  const all = [...names].sort(([a], [b]) => parameterCount(a) - parameterCount(b));
  const special = all.filter(([, each]) => each.join() !== OTHERWISE.join());
  const listed = all.filter(([path]) => special.some(([other]) => overlap(path, other)));
  return { paths: listed, otherwise: OTHERWISE };
}

const isParameter = (segment: string): boolean => segment.startsWith('{');

/** API Gateway prefers the route with the fewest parameters. */
const parameterCount = (path: string): number => path.split('/').filter(isParameter).length;

/** Whether some address fits both; a path overlaps itself. */
function overlap(path: string, other: string): boolean {
  const [ours, theirs] = [path.split('/'), other.split('/')];
  return (
    ours.length === theirs.length &&
    ours.every((each, index) => isParameter(each) || isParameter(theirs[index] ?? '') || each === theirs[index])
  );
}

/** What of a request answers can depend on: nothing else in it reaches a function. */
export const KNOWN: Known = { languages: SITE_LANGUAGES, ...knownQueries() };
