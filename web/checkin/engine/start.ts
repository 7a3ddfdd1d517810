import type { Context } from './context.ts';
import { saveState, whyNotKept } from './database.ts';
import type { BrowserDeps } from './deps.ts';
import { searchAtDesk } from './desk.ts';
import { downloading } from './download.ts';
import { type Engine, NotUndoneError } from './engine.ts';
import { addPasskey, enrol } from './enrol.ts';
import { type Noting, noting } from './noting.ts';
import { opening } from './opening.ts';
import { reader, type TicketReader } from './ticket-reader.ts';
import { coalesce } from './turns.ts';
import { exportScans, forgetAll, uploading } from './upload.ts';

/** Milliseconds between two tries while all is well, and the longest after many failures. */
const STEADY = 4000;
const LONGEST = 60_000;

/**
 * How long to wait for the next try: longer with each failure, and not the same for all devices, which lost the network at one
 * moment and would come back at one.
 *
 * @param failures since it worked last
 * @param chance from 0 up to 1
 */
export function pauseAfter(failures: number, chance: number): number {
  if (failures === 0) return STEADY;
  const longest = Math.min(LONGEST, STEADY * 2 ** failures);
  return longest / 2 + (longest / 2) * chance;
}

/** Something that is done again and again. */
interface Endeavour {
  /** Now, whatever went wrong before; of several at once, one does it. */
  readonly now: () => Promise<void>;
  /** Now, unless it was tried a moment ago and failed. */
  readonly soon: () => void;
}

/**
 * Does work every few seconds while the page is seen and there is a network, and less and less often while it fails.
 *
 * @param work tells whether it went well; it does not throw
 */
export function keepTrying(
  {
    after,
    chance,
    steady,
    isOnline,
    isVisible,
  }: Pick<BrowserDeps, 'after' | 'chance' | 'steady' | 'isOnline' | 'isVisible'>,
  work: () => Promise<boolean>,
): Endeavour {
  let failures = 0;
  let endedAt = 0;
  let callOff: () => void = () => undefined;
  const now = coalesce(async () => {
    callOff();
    failures = (await work()) ? 0 : failures + 1;
    endedAt = steady();
    plan();
  });
  const plan = (): void => {
    callOff();
    callOff = after(pauseAfter(failures, chance()), () => {
      if (isOnline() && isVisible()) void now();
      else plan();
    });
  };
  return {
    now,
    soon() {
      if (failures === 0 || steady() - endedAt >= pauseAfter(0, 0)) void now();
    },
  };
}

/** Milliseconds between two looks at what time alone changes: the end of a shift, how old the revocations are. */
const LOOK = 4000;

/**
 * Has phone and server brought together at once, whenever the page is seen again, and whenever a network comes: no browser is relied on to
 * do it while the page is away (CI8).
 */
function waking({ deps, clock, changed }: Context, sync: () => void): void {
  deps.watch({
    network() {
      changed('here');
      if (deps.isOnline()) sync();
    },
    visibility() {
      if (!deps.isVisible()) return clock.hidden();
      clock.seen();
      sync();
    },
  });
  const look = (): void => {
    changed('here');
    deps.after(LOOK, look);
  };
  look();
  sync();
}

/** Asks the browser not to clear what a device keeps. It may refuse, and nothing hangs on it but what the screens say. */
async function persist({ deps, memory, changed }: Context): Promise<void> {
  // Some browsers ask the person, who should know by then what for.
  if (memory.state.device === undefined) return;
  memory.isPersistent = (await deps.storage?.persist().catch(() => false)) ?? false;
  changed('here');
}

/** Milliseconds for which an attendee with a code that nobody here knows waits for the server. */
const PATIENCE = 2000;

/** Opens what is kept on the phone, and begins to bring phone and server together. It resolves when the first code can be read. */
export async function startEngine(deps: BrowserDeps): Promise<Engine> {
  const { context, view } = await opening(deps);
  const upload = keepTrying(deps, uploading(context));
  const download = keepTrying(deps, downloading(context));
  const notes = noting(context, upload.soon);
  const door = reader(context, notes, () => within(deps, PATIENCE, download.now()));
  const sync = async (): Promise<void> => {
    await Promise.all([upload.now(), download.now()]);
  };
  waking(context, () => void sync());
  void persist(context);
  return {
    ...view,
    ...choices(context, door),
    async enrol(code) {
      await enrol(context, code, upload.now);
      await door.between(() => becomeAnother(context));
      void persist(context);
      void sync();
    },
    read: door.read,
    letInAnyway: door.letInAnyway,
    leave: door.leave,
    readCompanion: door.readCompanion,
    stays: door.stays,
    checkIn: door.checkIn,
    walkIn: door.walkIn,
    async undo(...scanIds) {
      const results = await door.between(async () => {
        const all: Awaited<ReturnType<Noting['takeBack']>>[] = [];
        for (const scanId of scanIds) all.push(await notes.takeBack(scanId));
        return all;
      });
      for (const result of results) if (result !== 'taken-back') throw new NotUndoneError(result);
    },
    search: (text, unlock) => searchAtDesk(context, text, unlock),
    addPasskey: (passkey) => addPasskey(context, passkey),
    now: context.clock.corrected,
    sync,
    exportScans: () => context.db.use((db) => exportScans(db, context.clock.corrected())),
    async signOut() {
      await door.between(async () => {
        await context.db.use(forgetAll);
        await becomeAnother(context);
      });
    },
  };
}

/** What staff set: the same in all tabs, and after a reload. It counts for all scans after the press, however slow the phone is. */
function choices(
  context: Context,
  door: TicketReader,
): Pick<Engine, 'chooseDoor' | 'chooseDirection' | 'noteSearchCode'> {
  const choose = (changes: Parameters<typeof saveState>[1]): Promise<void> =>
    door.between(async () => {
      try {
        await context.db.use((db) => saveState(db, changes));
      } catch (error) {
        context.memory.isFull ||= whyNotKept(error) === 'full';
        context.changed('here');
        throw error;
      }
      await context.renew();
      context.changed('everywhere');
    });
  return {
    chooseDoor: (id) => choose({ door: id, direction: 'in' }),
    chooseDirection: (direction) => choose({ direction }),
    noteSearchCode: () => choose({ searchCode: undefined }),
  };
}

/** Waits for work, but not longer; it goes on by itself. */
function within({ after, isOnline }: BrowserDeps, milliseconds: number, work: Promise<void>): Promise<void> {
  if (!isOnline()) return Promise.resolve();
  return new Promise((resolve) => {
    const callOff = after(milliseconds, resolve);
    void work.finally(() => {
      callOff();
      resolve();
    });
  });
}

async function becomeAnother({ memory, renew, changed }: Context): Promise<void> {
  memory.trouble = {};
  await renew();
  changed('everywhere');
}
