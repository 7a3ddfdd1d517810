import { type DBSchema, type IDBPDatabase, type StoreNames, wrap } from 'idb';
import type { Deps } from './deps.ts';
import type { CheckIn, KeptScan, RefusedScan } from './types.ts';

const NAME = 'plenary-checkin';
const VERSION = 1;

export interface Schema extends DBSchema {
  /** Single things by name: `State`. */
  state: { key: string; value: unknown };
  /** Sealed entries by the first byte of their hash, each bucket as entries come over the network: 256 records, however many people. */
  entries: { key: number; value: Uint8Array };
  /** By list and ticket. */
  checkIns: { key: [string, string]; value: CheckIn };
  /** Scans that are not on the server, in the order in which they were made: a key is never given twice. */
  outbox: { key: number; value: KeptScan };
  /** Scans that it refused, under the keys that they had. */
  refused: { key: number; value: RefusedScan };
}

export type Db = IDBPDatabase<Schema>;
export const ALL_STORES: StoreNames<Schema>[] = ['state', 'entries', 'checkIns', 'outbox', 'refused'];

/** What is kept on the phone. */
export interface Database {
  /** Does some work with the open database. */
  readonly use: <T>(work: (db: Db) => Promise<T>) => Promise<T>;
}

/** Opens it, and opens it again where the browser closed it underneath us, as Safari does to pages that slept. @throws where nothing is kept */
export async function openDatabase({ indexedDB }: Pick<Deps, 'indexedDB'>): Promise<Database> {
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

export const nameOf = (error: unknown): string =>
  error instanceof Error || error instanceof DOMException ? error.name : '';

/** Why nothing could be kept. */
export const whyNotKept = (error: unknown): 'full' | 'unavailable' =>
  nameOf(error) === 'QuotaExceededError' ? 'full' : 'unavailable';
