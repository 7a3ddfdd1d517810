import type { Context } from './context.ts';
import { whyNotKept } from './database.ts';
import { readState, type State, saveState } from './state.ts';
import { takePages } from './take-pages.ts';
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
      else if (whole === undefined) await takePages(context, device.token, [page]);
      else whole.push(page);
      if (!page.hasMore) break;
      if (page.cursor === cursor) return failed('server');
      cursor = page.cursor;
    }
    if (whole !== undefined) await takePages(context, device.token, whole);
    return true;
  }

  async function nextPage({ token }: State['device'], cursor: string | undefined): Promise<Roster | undefined> {
    const path = cursor === undefined ? PATH : `${PATH}?since=${encodeURIComponent(cursor)}`;
    const answer = await context.ask<Roster>({ path, token, state: stateOf(context), patience: PATIENCE });
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
