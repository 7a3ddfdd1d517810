import type { Context } from './context.ts';
import { whyNotKept } from './database.ts';
import type { Deps } from './deps.ts';
import { downloading } from './download.ts';
import { type Engine, NotUndoneError } from './engine.ts';
import { addPasskey, enrol } from './enrol.ts';
import { exportScans, forgetAll } from './hand-over.ts';
import { keepTrying } from './keep-trying.ts';
import { type Noting, noting } from './noting.ts';
import { opening } from './opening.ts';
import { type Reader, reader } from './reader.ts';
import { searchPeople } from './search.ts';
import { saveState } from './state.ts';
import { uploading } from './upload.ts';
import { persist, waking } from './waking.ts';

/** Milliseconds for which whoever shows a code that nobody here knows waits for the server. */
const PATIENCE = 2000;

/** Opens what is kept on the phone, and begins to bring phone and server together. It resolves when the first code can be read. */
export async function startEngine(deps: Deps): Promise<Engine> {
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
    search: (text, unlock) => searchPeople(context, text, unlock),
    addPasskey: (passkey) => addPasskey(context, passkey),
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

/** What staff set: the same in all tabs, and after a reload. It counts for whoever is scanned after the press, however slow the phone is. */
function choices(context: Context, door: Reader): Pick<Engine, 'chooseDoor' | 'chooseDirection' | 'noteSearchCode'> {
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
function within({ after, isOnline }: Deps, milliseconds: number, work: Promise<void>): Promise<void> {
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
