import { useDesk } from '../../desk.ts';
import type { ProgrammeAnswer } from '../../event/programme/local-text.ts';
import { FactList } from '../../kernel/parts/fact-list.tsx';
import { categoryName } from '../../names.ts';
import { words } from '../../words.ts';
import { type List, placeName } from '../overview.ts';
import { openTimes } from './times.ts';

/** Where and when people come in, who may, and how they pass. */
export function Rules({ list, programme }: { readonly list: List; readonly programme: ProgrammeAnswer }) {
  const { event } = useDesk();
  const { place, categories, modes, passing, capacity, signedUpOnly } = list;
  return (
    <FactList
      title={words.checkInList.rules}
      facts={[
        [words.checkInList.place, placeName(programme, place)],
        [words.checkIn.open, openTimes(event, list) || words.checkIn.gone],
        [
          words.checkInList.group,
          categories?.map((id) => categoryName(event, id)).join(', ') ?? words.checkInList.everyone,
        ],
        [words.checkInList.modes, modes.map((mode) => words.mode[mode]).join(', ')],
        [words.checkInList.signedUp, place.kind === 'session' && signedUpOnly && words.checkInList.signedUpOnly],
        [words.checkInList.passing, words.checkInList.passings[passing]],
        [words.checkInList.capacity, capacity],
      ]}
    />
  );
}
