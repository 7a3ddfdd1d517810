import { isNewer, parseRevocations } from '../../../shared/ticket/revocation-list.ts';
import { eventFingerprint } from '../../../shared/ticket/ticket.ts';
import { fromBase64url } from './base64url.ts';
import type { Context } from './context.ts';
import type { Db } from './database.ts';
import { type Entry, entriesIn, intoBuckets, mergeEntries, packEntries } from './entries.ts';
import { countChanges, recallState, recount } from './memory.ts';
import { mergeCheckIns } from './merge-check-ins.ts';
import { readState, type State, writeState } from './state.ts';
import type { Change } from './tally.ts';
import { ticketKeys } from './ticket-keys.ts';
import type { Roster } from './types.ts';

/** What the phone takes over from the server, and knows itself. */
interface Taken
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
async function takeRoster(db: Db, taken: Taken): Promise<boolean> {
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

/**
 * Takes over what the server said, and has the page show it.
 *
 * @param token of the device that asked
 * @param pages of which the first may be whole, and the others go with it
 */
export async function takePages(
  { db, memory, clock, deps, changed }: Context,
  token: string,
  pages: readonly Roster[],
) {
  const last = pages.at(-1);
  if (last === undefined) return;
  const state = await db.use(readState);
  // The phone became another device while the answer was on its way.
  if (state.device?.token !== token) return;
  const setup = newest(pages, 'setup');
  const revocations = await believed(newest(pages, 'revocations'), { ...state, ...(setup && { setup }) }, last.device);
  const checkIns = pages.flatMap((page) => page.checkIns);
  let isCounted = false;
  const count = (changes: readonly Change[]): void => {
    countChanges(memory, changes);
    isCounted ||= changes.length > 0;
  };
  await db.use((open) => mergeCheckIns(open, checkIns, count));
  const entries = pages.flatMap((page) => [...entriesIn(fromBase64url(page.entries))]);
  const isWhole = pages.some((page) => page.isWhole);
  const device = { token, terms: last.device };
  const now = { cursor: last.cursor, downloadedAt: deps.now() };
  const taken = { isWhole, device, entries, ...now, clock: clock.offset(), setup, revocations };
  if (!(await db.use((open) => takeRoster(open, taken)))) return;
  memory.isFull = false;
  const isOther = JSON.stringify(state.device) !== JSON.stringify(device) || state.barred !== undefined;
  const isNews = isOther || isWhole || setup !== undefined || revocations !== undefined || entries.length > 0;
  // What is shown stays the same thing while nothing of it is new: every few seconds it is.
  if (isNews) await db.use((open) => recallState(memory, open));
  else memory.state = { ...memory.state, ...now };
  if (setup !== undefined) await db.use((open) => recount(memory, open));
  changed(isNews || isCounted ? 'everywhere' : 'here');
}

const newest = <Key extends 'setup' | 'revocations'>(pages: readonly Roster[], key: Key): Roster[Key] | undefined =>
  pages.findLast((page) => page[key] !== undefined)?.[key];

/** A list of revoked tickets that is signed, of this event, and no older than the one that is kept (TK8); nothing otherwise. */
async function believed(
  told: string | undefined,
  { setup, revocations }: Partial<State>,
  { eventId }: Roster['device'],
): Promise<Uint8Array | undefined> {
  if (told === undefined || setup === undefined) return undefined;
  const trust = { keys: await ticketKeys(setup.keys), event: await eventFingerprint(eventId) };
  const bytes = fromBase64url(told);
  const next = await parseRevocations(bytes, trust);
  if (typeof next === 'string') return undefined;
  const now = revocations && (await parseRevocations(revocations, trust));
  return isNewer(next, typeof now === 'string' ? undefined : now) ? bytes : undefined;
}
