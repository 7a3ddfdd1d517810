import type { Context } from './context.ts';
import type { Deps } from './deps.ts';
import { downloading } from './download.ts';
import { type Engine, NotUndoneError } from './engine.ts';
import { enrol } from './enrol.ts';
import { exportScans, forgetAll } from './hand-over.ts';
import { keepTrying } from './keep-trying.ts';
import { noting } from './noting.ts';
import { opening } from './opening.ts';
import { type Reader, reader } from './reader.ts';
import { searchPeople } from './search.ts';
import { type State, saveState } from './state.ts';
import { uploading } from './upload.ts';
import { persist, waking } from './waking.ts';

/** Opens what is kept on the phone, and begins to bring phone and server together. It resolves when the first code can be read. */
export async function startEngine(deps: Deps): Promise<Engine> {
  const { context, view } = await opening(deps);
  const upload = keepTrying(deps, uploading(context));
  const download = keepTrying(deps, downloading(context));
  const notes = noting(context, upload.soon);
  const door = reader(context, notes);
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
      await becomeAnother(context, door);
      void persist(context);
      void sync();
    },
    read: door.read,
    letInAnyway: door.letInAnyway,
    checkIn: door.checkIn,
    walkIn: door.walkIn,
    async undo(scanId) {
      door.forget();
      const result = await notes.takeBack(scanId);
      if (result !== 'taken-back') throw new NotUndoneError(result);
    },
    search: (text) => searchPeople(context, text),
    sync,
    exportScans: () => context.db.use((db) => exportScans(db, context.clock.corrected())),
    async signOut() {
      await context.db.use(forgetAll);
      await becomeAnother(context, door);
    },
  };
}

/** What staff set: it is the same in all tabs, and after a reload. */
function choices(context: Context, door: Reader): Pick<Engine, 'chooseDoor' | 'chooseDirection'> {
  const choose = async (changes: Partial<State>): Promise<void> => {
    door.forget();
    await context.db.use((db) => saveState(db, changes));
    await context.renew();
    context.changed('everywhere');
  };
  return {
    chooseDoor: (id) => choose({ door: id, direction: 'in' }),
    chooseDirection: (direction) => choose({ direction }),
  };
}

async function becomeAnother({ memory, renew, changed }: Context, door: Reader): Promise<void> {
  door.forget();
  memory.trouble = {};
  await renew();
  changed('everywhere');
}
