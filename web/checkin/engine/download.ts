import type { RosterAnswer } from '../../../shared/checkin/roster/roster.schema.ts';
import { isNewer, parseRevocations } from '../../../shared/ticket/revocation-list.ts';
import { eventFingerprint } from '../../../shared/ticket/ticket.ts';
import { fromBase64url } from './base64url.ts';
import { type Change, mergeCheckIns } from './check-ins.ts';
import { type Context, noteStanding, troubleOf } from './context.ts';
import { type Db, readState, type State, saveState, whyNotKept, writeState } from './database.ts';
import { entriesIn, intoBuckets, mergeEntries, packEntries, type SealedEntry } from './entries.ts';
import { countChanges, importTicketKeys, recallState, recount } from './memory.ts';

const PATH = '/api/checkin/roster';
/** The first roster of a large event, over a slow network. */
const PATIENCE = 60_000;

/**
 * Takes over what changed on the server: lists, keys, revocations, people, check-ins of other devices.
 *
 * @returns whether the server answered, and all of it could be kept; it does not throw
 */
export function downloading(context: Context): () => Promise<boolean> {
  const { db, memory } = context;

  async function fetchAll(state: Partial<State>, device: State['device']): Promise<boolean> {
    let { cursor } = state;
    let whole: RosterAnswer[] | undefined;
    for (;;) {
      const page = await nextPage(device, cursor);
      if (page === undefined) return false;
      if (page.isWhole) whole = [page];
      else if (whole === undefined) await takePages(context, device.token, [page]);
      else whole.push(page);
      if (!page.hasMore) break;
      if (page.cursor === cursor) return failed('server');
      cursor = page.cursor;
    }
    if (whole !== undefined) await takePages(context, device.token, whole);
    return true;
  }

  async function nextPage({ token }: State['device'], cursor: string | undefined): Promise<RosterAnswer | undefined> {
    const path = cursor === undefined ? PATH : `${PATH}?since=${encodeURIComponent(cursor)}`;
    const answer = await context.ask<RosterAnswer>({ path, token, state: stateOf(context), patience: PATIENCE });
    await noteStanding(context, answer.kind === 'ok' ? undefined : troubleOf(answer));
    if (answer.kind === 'ok' && typeof answer.body.cursor === 'string') return answer.body;
    if (answer.kind === 'problem' && answer.type === 'device-over') await isOver();
    // A cursor that the server cannot read leads nowhere: the next try asks for all.
    else if (answer.kind === 'problem' && answer.type === 'invalid-input') await forgetCursor();
    failed(answer.kind === 'ok' ? 'server' : troubleOf(answer));
    return undefined;
  }

  const forgetCursor = () => db.use((open) => saveState(open, { cursor: undefined }));
  const failed = (trouble: Context['memory']['trouble']['download']): false => {
    memory.trouble.download = trouble;
    return false;
  };
  async function isOver(): Promise<void> {
    memory.state = { ...memory.state, isOver: true };
    await db.use((open) => saveState(open, { isOver: true }));
  }

  return () =>
    context.exclusively('download', async () => {
      try {
        const state = await db.use(readState);
        // A device whose shift is over brings in what it scanned, and learns nothing more.
        if (state.device === undefined || state.isOver) return true;
        const isDone = await fetchAll(state, state.device);
        if (isDone) memory.trouble.download = undefined;
        return isDone;
      } catch (error) {
        if (whyNotKept(error) === 'full') memory.isFull = true;
        return failed('server');
      } finally {
        context.changed('here');
      }
    });
}

/** What organisers see of the phone (CI17): as `rosterHeaders` of the contract has it. */
function stateOf({ memory, deps, clock }: Context): string {
  const age = (at: number | undefined, now: number) =>
    at === undefined ? '-' : Math.min(999_999_999, Math.max(0, Math.round((now - at) / 1000)));
  const roster = age(memory.state.downloadedAt, deps.now());
  const revocations = age(memory.revocations?.issuedAt.getTime(), clock.corrected());
  return [memory.waiting, memory.refused, roster, revocations, deps.version].join(' ');
}

/** What the phone takes over from the server, and knows itself. */
interface Taken
  extends Pick<State, 'cursor' | 'downloadedAt'>,
    Partial<Pick<State, 'setup' | 'revocations' | 'clock'>> {
  /** In place of all that there was. */
  readonly isWhole: boolean;
  readonly device: State['device'];
  readonly entries: readonly SealedEntry[];
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
async function takePages({ db, memory, clock, deps, changed }: Context, token: string, pages: readonly RosterAnswer[]) {
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

const newest = <Key extends 'setup' | 'revocations'>(
  pages: readonly RosterAnswer[],
  key: Key,
): RosterAnswer[Key] | undefined => pages.findLast((page) => page[key] !== undefined)?.[key];

/** A list of revoked tickets that is signed, of this event, and no older than the one that is kept (TK8); nothing otherwise. */
async function believed(
  told: string | undefined,
  { setup, revocations }: Partial<State>,
  { eventId }: RosterAnswer['device'],
): Promise<Uint8Array | undefined> {
  if (told === undefined || setup === undefined) return undefined;
  const trust = { keys: await importTicketKeys(setup.keys), event: await eventFingerprint(eventId) };
  const bytes = fromBase64url(told);
  const next = await parseRevocations(bytes, trust);
  if (typeof next === 'string') return undefined;
  const now = revocations && (await parseRevocations(revocations, trust));
  return isNewer(next, typeof now === 'string' ? undefined : now) ? bytes : undefined;
}
