import { useState } from 'preact/hooks';
import { isBesideEntrance } from '../../../shared/checkin/list/list.ts';
import type { ListTerms } from '../../../shared/checkin/roster/roster.schema.ts';
import { useApp } from '../app-context.ts';
import { listsIn } from '../engine/memory.ts';
import { doorName, openStatusOf } from '../parts/door-name.ts';
import { LanguageChoice } from '../parts/language-choice.tsx';
import { SyncLine } from '../parts/sync.tsx';
import { type Screens, SubScreen, Title } from '../sub-screen.tsx';
import { dateAndTime } from '../times.ts';
import { textFor } from '../words.ts';

/** The lists of this device: at first, and whenever it goes to another door. */
export function ChooseList({ screens }: { readonly screens: Screens }) {
  const { snapshot, t, language } = useApp();
  if (snapshot.door !== undefined) {
    return (
      <SubScreen title={t('choose.title')} screens={screens}>
        <Lists onChosen={screens.close} />
      </SubScreen>
    );
  }
  const { setup, device } = snapshot;
  return (
    <main class="plain">
      <p class="where">{[setup && textFor(setup.event.title, language), device?.name].filter(Boolean).join(' · ')}</p>
      <Title>{t('choose.title')}</Title>
      <SyncLine onPress={() => screens.open('settings')} />
      <Lists onChosen={screens.close} />
      <LanguageChoice />
    </main>
  );
}

function Lists({ onChosen }: { readonly onChosen: () => void }) {
  const { engine, snapshot, t } = useApp();
  const [areAll, setAll] = useState(false);
  const { setup, device } = snapshot;
  if (setup === undefined) return <p>{t('choose.waiting')}</p>;
  const now = engine.now();
  const isOpen = (door: ListTerms): boolean => openStatusOf(door, now) === 'open';
  const mine = listsIn(setup).filter(({ id }) => device?.lists.includes(id) ?? true);
  // Those that are open now come first: staff look for one of them.
  const doors = mine
    .filter((door) => areAll || door.id === snapshot.door?.id || !isBesideEntrance(door, mine))
    .sort((one, other) => Number(isOpen(other)) - Number(isOpen(one)));
  if (doors.length === 0) return <p>{t('choose.none')}</p>;
  const choose = ({ id }: ListTerms): void => {
    engine.chooseDoor(id).then(onChosen, () => {});
  };
  return (
    <ul class="doors">
      {doors.map((door) => (
        <li key={door.id}>
          <DoorButton door={door} onPress={() => choose(door)} />
        </li>
      ))}
      {doors.length < mine.length && (
        <li>
          <button type="button" class="second" onClick={() => setAll(true)}>
            {t('choose.byDay')}
          </button>
        </li>
      )}
    </ul>
  );
}

function DoorButton({ door, onPress }: { readonly door: ListTerms; readonly onPress: () => void }) {
  const { engine, snapshot, t, language } = useApp();
  const zone = snapshot.setup?.event.timeZone ?? 'UTC';
  const opening = openStatusOf(door, engine.now());
  const when = door.handout
    ? t(door.handout.isLent ? 'handout.isLent' : `handout.often.${door.handout.often}`)
    : t(`choose.${opening}`, { at: dateAndTime(opening === 'early' ? door.opensAt : door.closesAt, zone, t) });
  return (
    <button
      type="button"
      class="second"
      value={door.id}
      aria-current={snapshot.door?.id === door.id || undefined}
      onClick={onPress}
    >
      <span>{doorName(door, snapshot.setup, { t, language })}</span>
      <small>{when}</small>
      {door.isClosed && <small>{t('choose.isClosed')}</small>}
    </button>
  );
}
