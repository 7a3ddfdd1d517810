/*
 * Keeps the app on the phone: after the first visit it opens without a network. It answers for the app's own files alone, never for the
 * API, and a new version waits until staff take it.
 */
import type { Shell, WorkerScope } from './worker-scope.ts';

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
