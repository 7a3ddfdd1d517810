/** What the build tells the service worker. */
export interface Shell {
  /** Another one whenever any file is another. */
  readonly version: string;
  /** Paths of all that the app is made of, its page first. */
  readonly files: readonly string[];
}

interface Lasting {
  readonly waitUntil: (work: Promise<unknown>) => void;
}

interface Fetching extends Lasting {
  readonly request: Request;
  readonly respondWith: (answer: Promise<Response>) => void;
}

interface Told extends Lasting {
  readonly data: unknown;
}

/** What of a service worker's world is used: TypeScript's own types of it and those of a page exclude each other. */
export interface WorkerScope {
  readonly location: Location;
  readonly clients: { readonly claim: () => Promise<void> };
  readonly skipWaiting: () => Promise<void>;
  addEventListener(kind: 'install' | 'activate', listener: (event: Lasting) => void): void;
  addEventListener(kind: 'fetch', listener: (event: Fetching) => void): void;
  addEventListener(kind: 'message', listener: (event: Told) => void): void;
}
