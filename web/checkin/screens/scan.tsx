import { useApp } from '../app-context.ts';
import { Counts } from '../parts/counts.tsx';
import { Direction } from '../parts/direction.tsx';
import { doorName } from '../parts/door-name.ts';
import { Photo } from '../parts/photo.tsx';
import { SyncLine } from '../parts/sync-line.tsx';
import { Viewfinder } from '../parts/viewfinder.tsx';
import { Warnings } from '../parts/warnings.tsx';
import type { Screens } from '../use-screen.ts';
import { Undo } from '../verdict/undo.tsx';
import type { Desk } from '../verdict/use-desk.ts';

/** Where staff are all day: what is scanned for above, the picture in the middle, all other ways below the thumb. */
export function Scan({ desk, screens }: { readonly desk: Desk; readonly screens: Screens }) {
  const { snapshot, words, language } = useApp();
  const { door, setup, device, direction } = snapshot;
  return (
    <div class={`scan ${direction}`}>
      <header>
        <h1>{door && doorName(door, setup, words, language)}</h1>
        <Direction />
        <Counts />
        <SyncLine onPress={() => screens.open('settings')} />
      </header>
      <main>
        <Warnings />
        <Viewfinder onText={desk.see} />
        <p class="note" role="status">
          {desk.note}
        </p>
        <Last desk={desk} />
        <div class="ways">
          <Photo onText={desk.read} />
          <button type="button" class="second" onClick={() => screens.open('typed')}>
            {words.scan.type}
          </button>
          {device?.maySearch === true && (
            <button type="button" class="second" onClick={() => screens.open('search')}>
              {words.scan.find}
            </button>
          )}
          <button type="button" class="second" onClick={() => screens.open('lists')}>
            {words.scan.lists}
          </button>
          <button type="button" class="second" onClick={() => screens.open('settings')}>
            {words.scan.settings}
          </button>
        </div>
      </main>
    </div>
  );
}

/** Whoever was noted last can still be taken back from here. */
function Last({ desk: { last, shown, undo } }: { readonly desk: Desk }) {
  const { words } = useApp();
  if (last === undefined || shown !== undefined) return null;
  const { person } = last.face;
  return (
    <div class="last">
      <p>
        {words.scan.last}: {person?.name ?? words.verdict.noName} · {last.face.word}
      </p>
      <Undo key={last.number} outcome={last.outcome} onUndo={undo} />
    </div>
  );
}
