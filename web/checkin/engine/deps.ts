/** All that the engine asks of the browser, so that a test can put something else in its place. */
export interface BrowserDeps {
  readonly fetch: (path: string, init: RequestInit) => Promise<Response>;
  /** Absent where the browser keeps nothing: some do in private windows. */
  readonly indexedDB: IDBFactory | undefined;
  /** Absent in browsers before 2022: then several tabs may send the same at once, which changes nothing on the server. */
  readonly locks: Pick<LockManager, 'request'> | undefined;
  readonly storage: Pick<StorageManager, 'persist'> | undefined;
  /** So many unguessable bytes. */
  readonly random: (length: number) => Uint8Array;
  /** A number from 0 up to 1, for pauses that devices do not all take at once. */
  readonly chance: () => number;
  /** The clock that people and networks set, epoch milliseconds. */
  readonly now: () => number;
  /** The clock that only runs, milliseconds. */
  readonly steady: () => number;
  readonly isOnline: () => boolean;
  readonly isVisible: () => boolean;
  /** Calls whenever a network came or went, or the page was shown or hidden. */
  readonly watch: (listeners: { readonly network: () => void; readonly visibility: () => void }) => void;
  /** @returns what calls it off */
  readonly after: (milliseconds: number, work: () => void) => () => void;
  /** Of the app, as organisers see it. */
  readonly version: string;
  /** Tells the other tabs that something changed, and hears it of them. @returns what tells them */
  readonly tabs: (hear: () => void) => () => void;
}

const CHANNEL = 'plenary-checkin';

export function browserDeps(): BrowserDeps {
  return {
    // The build names the script by what is in it.
    version: /-([\w-]{8})\.js$/.exec(import.meta.url)?.[1] ?? 'unbuilt',
    fetch: (path, init) => fetch(path, init),
    indexedDB: globalThis.indexedDB,
    locks: navigator.locks,
    storage: navigator.storage,
    random: (length) => crypto.getRandomValues(new Uint8Array(length)),
    chance: Math.random,
    now: Date.now,
    steady: () => performance.now(),
    isOnline: () => navigator.onLine,
    isVisible: () => document.visibilityState === 'visible',
    watch({ network, visibility }) {
      addEventListener('online', network);
      addEventListener('offline', network);
      document.addEventListener('visibilitychange', visibility);
      // A page that comes out of the browser's back-forward cache was asleep, and hears of no visibility.
      addEventListener('pageshow', visibility);
    },
    after(milliseconds, work) {
      const timer = setTimeout(work, milliseconds);
      return () => clearTimeout(timer);
    },
    tabs(hear) {
      if (typeof BroadcastChannel === 'undefined') return () => undefined;
      const channel = new BroadcastChannel(CHANNEL);
      channel.onmessage = hear;
      return () => channel.postMessage(null);
    },
  };
}
