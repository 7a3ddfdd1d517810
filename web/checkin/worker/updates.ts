/** New versions of the app: each waits until staff take it, so that none comes between two scans. */
export interface Updates {
  readonly isWaiting: () => boolean;
  /** @returns what ends it */
  readonly subscribe: (listener: () => void) => () => void;
  /** Opens the new version. */
  readonly take: () => void;
}

/** A page that stays open all day asks as often as this, in milliseconds. */
const ASK_EVERY = 30 * 60 * 1000;

/** @param path of the service worker */
export function watchUpdates(path: string): Updates {
  const listeners = new Set<() => void>();
  let waiting: ServiceWorker | undefined;
  let isTaken = false;
  const found = (worker: ServiceWorker | null): void => {
    // The very first one waits for nobody, and replaces nothing.
    if (worker === null || navigator.serviceWorker.controller === null) return;
    waiting = worker;
    for (const listener of listeners) listener();
  };
  const watch = (registration: ServiceWorkerRegistration): void => {
    found(registration.waiting);
    registration.addEventListener('updatefound', () => {
      const worker = registration.installing;
      worker?.addEventListener('statechange', () => {
        if (worker.state === 'installed') found(worker);
      });
    });
    setInterval(() => registration.update().catch(() => {}), ASK_EVERY);
  };
  if ('serviceWorker' in navigator) {
    // Without it the app works, and needs a network to open.
    navigator.serviceWorker.register(path).then(watch, () => {});
    navigator.serviceWorker.addEventListener('controllerchange', () => {
      if (isTaken) location.reload();
    });
  }
  return {
    isWaiting: () => waiting !== undefined,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    take: () => {
      isTaken = true;
      waiting?.postMessage('take-over');
    },
  };
}
