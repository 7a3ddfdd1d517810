import type { Method } from '../route.ts';

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
