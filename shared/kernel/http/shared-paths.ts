import type { ROUTES, RouteId } from '../../routes.ts';
import type { Method } from '../route.ts';

type Row = (typeof ROUTES)[RouteId];
type RowsOf<P> = Extract<Row, { readonly path: P }>;
type IsOne<T, Each = T> = Each extends unknown ? ([T] extends [Each] ? true : false) : never;

/** Paths whose methods are not all served by one function. */
type SharedPath = { [P in Row['path']]: IsOne<RowsOf<P>['function']> extends true ? never : P }[Row['path']];

/**
 * The methods of paths that several functions share, which a function cannot know by itself: it bundles its own part of the contract and
 * no other. Leaving out a path or a method does not compile, nor does one too many.
 */
const SHARED_PATHS: { readonly [P in SharedPath]: Readonly<Record<RowsOf<P>['method'], true>> } = {
  '/e/{eventId}/register': { GET: true, POST: true },
  '/e/{eventId}/register/young': { GET: true, POST: true },
  '/e/{eventId}/find': { GET: true, POST: true },
};

/** Every method of a path that several functions share; none of any other path. */
export const sharedMethods = (path: string): readonly Method[] =>
  Object.hasOwn(SHARED_PATHS, path) ? (Object.keys(SHARED_PATHS[path as SharedPath]) as Method[]) : [];
