import type { Db } from './database.ts';
import { type Entry, entriesIn, intoBuckets, mergeEntries, packEntries } from './entries.ts';
import { type State, writeState } from './state.ts';

/** What the phone takes over from the server, and knows itself. */
export interface Taken
  extends Pick<State, 'cursor' | 'downloadedAt'>,
    Partial<Pick<State, 'setup' | 'revocations' | 'clock'>> {
  /** In place of all that there was. */
  readonly isWhole: boolean;
  readonly device: State['device'];
  readonly entries: readonly Entry[];
}

/**
 * Takes it over in one transaction: a phone that dies in the middle of it has what it had before, and asks again from there.
 *
 * @returns false where the phone became another device meanwhile: nothing was taken
 */
export async function takeRoster(db: Db, taken: Taken): Promise<boolean> {
  const { isWhole, device, entries, cursor, downloadedAt, clock, setup, revocations } = taken;
  const tx = db.transaction(['state', 'entries'], 'readwrite');
  const now = (await tx.objectStore('state').get('device')) as State['device'] | undefined;
  if (now?.token !== device.token) {
    await tx.done;
    return false;
  }
  const store = tx.objectStore('entries');
  if (isWhole) await store.clear();
  const grown = await Promise.all(
    [...intoBuckets(entries)].map(async ([bucket, added]) => {
      const before = isWhole ? [] : [...entriesIn((await store.get(bucket)) ?? new Uint8Array())];
      const after = mergeEntries(before, added);
      await store.put(packEntries(after), bucket);
      return after.length - before.length;
    }),
  );
  const had = isWhole ? 0 : (((await tx.objectStore('state').get('people')) as number | undefined) ?? 0);
  const people = grown.reduce((sum, each) => sum + each, had);
  const changes = {
    ...{ device, cursor, downloadedAt, people },
    ...(clock && { clock }),
    ...(setup && { setup }),
    ...(revocations && { revocations }),
  };
  await writeState(tx.objectStore('state'), { ...changes, isOver: undefined, barred: undefined });
  await tx.done;
  return true;
}
