import { isNewer, parseRevocations } from '../../../shared/domain/check-in/revocation-list.ts';
import { eventFingerprint } from '../../../shared/domain/ticket.ts';
import { fromBase64url } from './base64url.ts';
import type { Context } from './context.ts';
import { whyNotKept } from './database.ts';
import { entriesIn } from './entries.ts';
import { doorOf, recallState, recount } from './memory.ts';
import { mergeCheckIns } from './merge-check-ins.ts';
import { readState, type State, saveState } from './state.ts';
import { takeRoster } from './take-roster.ts';
import { changedTally } from './tally.ts';
import { ticketKeys } from './ticket-keys.ts';
import { noteStanding, troubleOf } from './trouble.ts';
import type { Roster } from './types.ts';

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
    let whole: Roster[] | undefined;
    for (;;) {
      const page = await nextPage(device, cursor);
      if (page === undefined) return false;
      if (page.isWhole) whole = [page];
      else if (whole === undefined) await take(context, device, [page]);
      else whole.push(page);
      if (!page.hasMore) break;
      if (page.cursor === cursor) return failed('server');
      cursor = page.cursor;
    }
    if (whole !== undefined) await take(context, device, whole);
    return true;
  }

  async function nextPage({ token }: State['device'], cursor: string | undefined): Promise<Roster | undefined> {
    const path = cursor === undefined ? PATH : `${PATH}?since=${encodeURIComponent(cursor)}`;
    const answer = await context.ask<Roster>({ path, token, patience: PATIENCE });
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

/** @param pages of which the first may be whole, and the others go with it */
async function take(context: Context, { token }: State['device'], pages: readonly Roster[]): Promise<void> {
  const { db, memory, clock, deps } = context;
  const last = pages.at(-1);
  const offset = clock.offset();
  if (last === undefined || offset === undefined) return;
  const newest = <Key extends 'setup' | 'revocations'>(key: Key) =>
    pages.findLast((page) => page[key] !== undefined)?.[key];
  const setup = newest('setup');
  const state = await db.use(readState);
  const revocations = await believed(newest('revocations'), { ...state, ...(setup && { setup }) }, last.device.eventId);
  const changes = await db.use((open) =>
    mergeCheckIns(
      open,
      pages.flatMap(({ checkIns }) => checkIns),
    ),
  );
  const entries = pages.flatMap((page) => [...entriesIn(fromBase64url(page.entries))]);
  const isWhole = pages.some((page) => page.isWhole);
  const device = { token, terms: last.device };
  const times = { downloadedAt: deps.now(), clock: offset };
  const taken = { isWhole, device, entries, cursor: last.cursor, ...times, setup, revocations };
  if (!(await db.use((open) => takeRoster(open, taken)))) return;
  memory.isFull = false;
  await db.use((open) => recallState(memory, open));
  if (setup !== undefined) await db.use((open) => recount(memory, open));
  else {
    const door = doorOf(memory.state);
    const here = door === undefined ? [] : changes.filter(({ list }) => list === door.id);
    for (const change of here) if (door) memory.tally = changedTally(memory.tally, change, door.passing);
  }
  const isNews =
    isWhole || setup !== undefined || revocations !== undefined || entries.length > 0 || changes.length > 0;
  context.changed(isNews ? 'everywhere' : 'here');
}

/** A list of revoked tickets that is signed, of this event, and no older than the one that is kept (TK8); nothing otherwise. */
async function believed(
  told: string | undefined,
  { setup, revocations }: Partial<State>,
  eventId: string,
): Promise<Uint8Array | undefined> {
  if (told === undefined || setup === undefined) return undefined;
  const trust = { keys: await ticketKeys(setup.keys), event: await eventFingerprint(eventId) };
  const bytes = fromBase64url(told);
  const next = await parseRevocations(bytes, trust);
  if (typeof next === 'string') return undefined;
  const now = revocations && (await parseRevocations(revocations, trust));
  return isNewer(next, typeof now === 'string' ? undefined : now) ? bytes : undefined;
}
