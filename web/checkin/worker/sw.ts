/*
 * Keeps the app on the phone: after the first visit it opens without a network. It answers for the app's own files alone, never for the
 * API, and a new version waits until staff take it.
 */

declare const __SHELL__: Shell;
declare const self: WorkerScope;

const OURS = 'checkin-';
const { version, files } = __SHELL__;
const CACHE = `${OURS}${version}`;
const [PAGE = '/'] = files;

self.addEventListener('install', (event) => event.waitUntil(keepAll()));
self.addEventListener('activate', (event) => event.waitUntil(takeOver()));
self.addEventListener('fetch', (event) => {
  const { method, mode, url } = event.request;
  const { origin, pathname } = new URL(url);
  if (method !== 'GET' || origin !== self.location.origin) return;
  // Whatever leads to the app leads to its one page; what follows in the address is for the page to read.
  const file = mode === 'navigate' && pathname.startsWith(PAGE) ? PAGE : pathname;
  if (files.includes(file)) event.respondWith(kept(file, event.request));
});
self.addEventListener('message', (event) => {
  if (event.data === 'take-over') event.waitUntil(self.skipWaiting());
});

/** Everything or nothing: half an app would not open. Names without a hash are asked for past the browser's own cache. */
async function keepAll(): Promise<void> {
  const cache = await caches.open(CACHE);
  await cache.addAll(
    files.map((file) => new Request(file, { cache: file.startsWith('/assets/') ? 'default' : 'reload' })),
  );
}

async function takeOver(): Promise<void> {
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name.startsWith(OURS) && name !== CACHE).map((name) => caches.delete(name)));
  await self.clients.claim();
}

/** Browsers may clear a cache when a phone is full: the network is better than nothing. */
async function kept(file: string, request: Request): Promise<Response> {
  const cache = await caches.open(CACHE);
  return (await cache.match(file)) ?? fetch(request);
}

/** What the build tells the service worker. */
interface Shell {
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
interface WorkerScope {
  readonly location: Location;
  readonly clients: { readonly claim: () => Promise<void> };
  readonly skipWaiting: () => Promise<void>;
  addEventListener(kind: 'install' | 'activate', listener: (event: Lasting) => void): void;
  addEventListener(kind: 'fetch', listener: (event: Fetching) => void): void;
  addEventListener(kind: 'message', listener: (event: Told) => void): void;
}
