import { useState } from 'preact/hooks';
import { useApp } from '../app-context.ts';
import { doorName, openStatusOf } from '../parts/door-name.ts';
import { SyncLine } from '../parts/sync.tsx';
import { Photo, Viewfinder } from '../parts/viewfinder.tsx';
import { type Screens, Title } from '../sub-screen.tsx';
import { useNow } from '../times.ts';
import type { ScanDesk } from '../verdict/use-desk.ts';
import { Undo } from '../verdict/verdict.tsx';

const DIRECTIONS = ['in', 'out'] as const;

/** What one does with something that is lent. */
export const HANDING = { in: 'handout.give', out: 'handout.takeBack' } as const;

/** Whether people come in or leave, at doors where both are noted. */
function Direction() {
  const { engine, snapshot, t } = useApp();
  const [, drawAgain] = useState(0);
  const { door } = snapshot;
  if (door?.passing !== 'in-and-out') return null;
  const choose = (direction: (typeof DIRECTIONS)[number]): void => {
    // What could not be kept does not hold, whatever was pressed.
    engine.chooseDirection(direction).catch(() => drawAgain((count) => count + 1));
  };
  return (
    <fieldset class="direction">
      <legend class="unseen">{t('direction.label')}</legend>
      {DIRECTIONS.map((direction) => (
        <label key={direction}>
          <input
            type="radio"
            name="direction"
            checked={snapshot.direction === direction}
            onChange={() => choose(direction)}
          />
          <span>{t(door.handout === undefined ? `direction.${direction}` : HANDING[direction])}</span>
        </label>
      ))}
    </fieldset>
  );
}

/** What staff have to know of this phone, and of its list, before they rely on it. */
function Warnings() {
  const { engine, snapshot, t } = useApp();
  const { door, freshness, storage } = snapshot;
  const now = useNow(engine.now);
  const opening = door === undefined ? 'open' : openStatusOf(door, now);
  const warnings = [
    storage === 'full' && ([t('storage.full'), true] as const),
    opening !== 'open' && ([t(`scan.${opening}`), opening === 'over'] as const),
    freshness !== 'fresh' && ([t(`freshness.${freshness}`), freshness !== 'stale'] as const),
  ].filter((warning) => warning !== false);
  return warnings.map(([text, isBad]) => (
    <p key={text} class={`warning ${isBad ? 'bad' : ''}`} role={isBad ? 'alert' : 'status'}>
      {text}
    </p>
  ));
}

/** Of the list, by all that this phone knows. */
function Counts() {
  const { snapshot, t } = useApp();
  const { counts, door } = snapshot;
  const capacity = door?.capacity;
  if (door?.handout !== undefined) {
    return (
      <p class="counts">
        <span>{t('handout.people', { count: counts.came })}</span>
        {door.handout.isLent && <span>{t('handout.out', { count: counts.inside })}</span>}
      </p>
    );
  }
  const showsInside = door?.passing === 'in-and-out' || capacity !== undefined;
  return (
    <p class="counts">
      <span>{t('scan.came', { count: counts.came })}</span>
      {showsInside && (
        <span>
          {t('scan.inside', { count: counts.inside })} {capacity !== undefined && t('scan.of', { capacity })}
        </span>
      )}
    </p>
  );
}

/** Where staff are all day: what is scanned for above, the picture in the middle, all other ways below the thumb. */
export function ScanScreen({ desk, screens }: { readonly desk: ScanDesk; readonly screens: Screens }) {
  const { snapshot, t, language } = useApp();
  const { door, setup, device, direction } = snapshot;
  return (
    <div class={`scan ${direction}`}>
      <header>
        <Title>{door && doorName(door, setup, { t, language })}</Title>
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
            {t('scan.type')}
          </button>
          {device?.maySearch === true && (
            <button type="button" class="second" onClick={() => screens.open('search')}>
              {t('scan.find')}
            </button>
          )}
          <button type="button" class="second" onClick={() => screens.open('lists')}>
            {t('scan.lists')}
          </button>
          <button type="button" class="second" onClick={() => screens.open('settings')}>
            {t('scan.settings')}
          </button>
        </div>
      </main>
    </div>
  );
}

/** The scan that was noted last can still be taken back from here. */
function Last({ desk: { last, shown, undo } }: { readonly desk: ScanDesk }) {
  const { t } = useApp();
  if (last === undefined || shown !== undefined) return null;
  const { person } = last.face;
  return (
    <div class="last">
      <p>
        {t('scan.last')}: {person?.name ?? t('verdict.noName')} · {last.face.word}
      </p>
      <Undo key={last.number} outcome={last.outcome} onUndo={undo} />
    </div>
  );
}
