import type { Offset } from '../../../shared/checkin/clock.ts';
import type { Db } from './database.ts';
import type { Setup } from './engine.ts';
import type { Terms } from './types.ts';

/** Single things that are kept, each under its name. */
export interface State {
  device: { readonly token: string; readonly terms: Terms };
  /** A code that was sent, with the secret that was sent along: an answer that was lost is asked for again with both (AU7). */
  pending: { readonly code: string; readonly secret: string; readonly searchCode?: string | undefined };
  /** Of a desk, until whoever holds it has noted it: the six digits that open its search (AU10), and the code that it was let in with. */
  searchCode: { readonly digits: string; readonly enrolment: string };
  setup: Setup;
  /** The signed list as it came, after its signature was verified. */
  revocations: Uint8Array;
  cursor: string;
  clock: Offset;
  door: string;
  direction: 'in' | 'out';
  /** Entries of the roster. */
  people: number;
  /** The server does not know this device any more. */
  barred: 'revoked' | 'unknown-device';
  /** The server said that the shift is over. */
  isOver: true;
  /** Scans with keys up to this one were exported. */
  exportedUpTo: number;
  /** When each worked last: epoch milliseconds by this phone's clock. */
  uploadedAt: number;
  downloadedAt: number;
}

export async function readState(db: Db): Promise<Partial<State>> {
  const { store } = db.transaction('state');
  const [names, values] = await Promise.all([store.getAllKeys(), store.getAll()]);
  return Object.fromEntries(names.map((name, index) => [name, values[index]]));
}

/** The store `state` of a transaction that may write. */
interface Store {
  readonly put: (value: unknown, name: string) => Promise<unknown>;
  readonly delete: (name: string) => Promise<unknown>;
}

/** Writes some of it, and takes out what is `undefined`. */
export async function writeState(store: Store, changes: Partial<Optional<State>>): Promise<void> {
  await Promise.all(
    Object.entries(changes).map(([name, value]) => (value === undefined ? store.delete(name) : store.put(value, name))),
  );
}

export async function saveState(db: Db, changes: Partial<Optional<State>>): Promise<void> {
  const tx = db.transaction('state', 'readwrite');
  await Promise.all([writeState(tx.store, changes), tx.done]);
}

type Optional<T> = { [Key in keyof T]: T[Key] | undefined };
