import { type DBSchema, type IDBPDatabase, type StoreNames, wrap } from 'idb';
import type * as z from 'zod';
import type { Offset } from '../../../shared/checkin/clock.ts';
import type { enrolledDevice } from '../../../shared/checkin/device/device.schema.ts';
import type { KnownCheckIn, RosterAnswer } from '../../../shared/checkin/roster/roster.schema.ts';
import type { ScanAnswer, SentScan, SentWalkIn } from '../../../shared/checkin/scan/scans.schema.ts';
import type { BrowserDeps } from './deps.ts';
import type { Setup } from './engine.ts';

const NAME = 'plenary-checkin';
const VERSION = 1;

interface Schema extends DBSchema {
  /** Single things by name: `State`. */
  state: { key: string; value: unknown };
  /** Sealed entries by the first byte of their hash, each bucket as entries come over the network: 256 records, however many people. */
  entries: { key: number; value: Uint8Array };
  /** By list and ticket. */
  checkIns: { key: [string, string]; value: KnownCheckIn };
  /** Scans that are not on the server, in the order in which they were made: a key is never given twice. */
  outbox: { key: number; value: WaitingScan };
  /** Scans that it refused, under the keys that they had. */
  refused: { key: number; value: RefusedScan };
}

export type Db = IDBPDatabase<Schema>;
export const ALL_STORES: StoreNames<Schema>[] = ['state', 'entries', 'checkIns', 'outbox', 'refused'];

/** What is kept on the phone. */
export interface PhoneDatabase {
  /** Does some work with the open database. */
  readonly use: <T>(work: (db: Db) => Promise<T>) => Promise<T>;
}

/** Opens it, and opens it again where the browser closed it underneath us, as Safari does to pages that slept. @throws where nothing is kept */
export async function openDatabase({ indexedDB }: Pick<BrowserDeps, 'indexedDB'>): Promise<PhoneDatabase> {
  if (indexedDB === undefined) throw new Error('there is no IndexedDB');
  let opened: Promise<Db> | undefined;
  const db = (): Promise<Db> => {
    opened ??= open(indexedDB, () => {
      opened = undefined;
    });
    return opened;
  };
  await db();
  return {
    async use(work) {
      try {
        return await work(await db());
      } catch (error) {
        // Nothing began: the connection was closed before.
        if (nameOf(error) !== 'InvalidStateError') throw error;
        opened = undefined;
        return work(await db());
      }
    },
  };
}

async function open(factory: IDBFactory, onClosed: () => void): Promise<Db> {
  const request = factory.open(NAME, VERSION);
  request.addEventListener('upgradeneeded', () => {
    const db = wrap(request.result) as unknown as Db;
    db.createObjectStore('state');
    db.createObjectStore('entries');
    db.createObjectStore('checkIns', { keyPath: ['list', 'ticket'] });
    db.createObjectStore('outbox', { autoIncrement: true });
    db.createObjectStore('refused');
  });
  const db = (await wrap(request)) as unknown as Db;
  db.addEventListener('close', onClosed);
  // Another tab has a newer app: this one lets it change the database, and finds it closed at its next try.
  db.addEventListener('versionchange', () => db.close());
  return db;
}

const nameOf = (error: unknown): string => (error instanceof Error || error instanceof DOMException ? error.name : '');

/** Why nothing could be kept. */
export const whyNotKept = (error: unknown): 'full' | 'unavailable' =>
  nameOf(error) === 'QuotaExceededError' ? 'full' : 'unavailable';

/** Single things that are kept, each under its name. */
export interface State {
  device: { readonly token: string; readonly terms: Terms };
  /** A code that was sent, with the secret that was sent along: an answer that was lost is asked for again with both (AU7). */
  pending: { readonly code: string; readonly secret: string; readonly searchCode?: string | undefined };
  /** Of a desk, until its staff have noted it: the six digits that open its search (AU10), and the code that it was let in with. */
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

export type Terms = RosterAnswer['device'];
export type EnrolledDevice = z.output<typeof enrolledDevice>;
export type { ScanAnswer, SentScan, SentWalkIn };

type RefusedWhy = Extract<ScanAnswer, { result: 'refused' }>['why'];

/** A scan that is not on the server yet, with the device that made it: nobody else may send it. */
export interface WaitingScan {
  readonly scan: SentScan;
  readonly device: string;
  readonly eventId: string;
}

/** A scan that the server refused for good. */
interface RefusedScan extends WaitingScan {
  readonly why: RefusedWhy;
}
