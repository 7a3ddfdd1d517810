/** A database of a browser as text, whatever its stores are. */
export interface KeptDatabase {
  readonly name: string;
  readonly version: number;
  readonly stores: readonly KeptStore[];
}

type Key = number | string | readonly string[];

interface KeptStore {
  readonly name: string;
  readonly keyPath: string | readonly string[] | null;
  readonly indexes: readonly string[];
  /** What a store that numbers its records gives to the next. */
  readonly next?: number;
  /** Bytes as `{ $bytes: base64 }`, what is `undefined` as `{ $undefined: true }`. */
  readonly records: readonly { readonly key: Key; readonly value: unknown }[];
}

/** Reads all of one. It stands alone, so that it runs in a page too. */
export async function readDatabase(name: string): Promise<KeptDatabase> {
  const done = <T>(request: IDBRequest<T>): Promise<T> =>
    new Promise((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
  const asText = (value: unknown): unknown => {
    if (value === undefined) return { $undefined: true };
    if (value instanceof Uint8Array) return { $bytes: btoa(String.fromCharCode(...value)) };
    if (Array.isArray(value)) return value.map(asText);
    if (typeof value !== 'object' || value === null) return value;
    // Dates, keys and the like would not come through as they are.
    if (Object.getPrototypeOf(value) !== Object.prototype) throw new Error(`what is ${value}?`);
    return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, asText(each)]));
  };
  const db = await done(indexedDB.open(name));
  const stores: KeptStore[] = [];
  for (const storeName of db.objectStoreNames) {
    const store = db.transaction(storeName).objectStore(storeName);
    const { keyPath, autoIncrement } = store;
    const indexes = [...store.indexNames];
    const [keys, values] = await Promise.all([done(store.getAllKeys()), done(store.getAll())]);
    const records = keys.map((key, index) => ({ key: key as Key, value: asText(values[index]) }));
    const kept = { name: storeName, keyPath, indexes, records };
    if (!autoIncrement) {
      stores.push(kept);
      continue;
    }
    const trial = db.transaction(storeName, 'readwrite');
    const next = (await done(trial.objectStore(storeName).add({}))) as number;
    trial.abort();
    stores.push({ ...kept, next });
  }
  const { version } = db;
  db.close();
  return { name, version, stores };
}

/** Makes one that is not there yet, as it was. It stands alone, so that it runs in a page too. */
export async function makeDatabase({ name, version, stores }: KeptDatabase): Promise<void> {
  const fromText = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(fromText);
    if (typeof value !== 'object' || value === null) return value;
    const { $bytes, $undefined } = value as { readonly $bytes?: string; readonly $undefined?: true };
    if ($undefined) return undefined;
    if ($bytes !== undefined) return Uint8Array.from(atob($bytes), (letter) => letter.charCodeAt(0));
    return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, fromText(each)]));
  };
  const request = indexedDB.open(name, version);
  request.onupgradeneeded = () => {
    for (const store of stores) {
      request.result.createObjectStore(store.name, {
        keyPath: store.keyPath as string | string[] | null,
        autoIncrement: store.next !== undefined,
      });
    }
  };
  await new Promise<void>((resolve, reject) => {
    request.onsuccess = () => resolve();
    request.onerror = () => reject(request.error);
  });
  const db = request.result;
  const writing = db.transaction(
    stores.map((store) => store.name),
    'readwrite',
  );
  for (const { name: storeName, keyPath, next, records } of stores) {
    const store = writing.objectStore(storeName);
    if (next !== undefined && next > 1) {
      store.put({}, next - 1);
      store.delete(next - 1);
    }
    for (const { key, value } of records)
      store.put(fromText(value), keyPath === null ? (key as IDBValidKey) : undefined);
  }
  await new Promise<void>((resolve, reject) => {
    writing.oncomplete = () => resolve();
    writing.onabort = () => reject(writing.error);
  });
  db.close();
}
