import { useState } from 'preact/hooks';
import { useDesk } from '../../desk.ts';
import { SelectField } from '../../kernel/form/field.tsx';
import { dayName } from '../../names.ts';
import { words } from '../../words.ts';
import type { MinorList } from './list.ts';
import { MinorTable } from './minor-table.tsx';

const EVERYONE = '';

/** Everyone under 18, or who is expected in person on one day: on a day of the event, that day's come first (CS17). */
export function WhoComes({ list }: { readonly list: MinorList }) {
  const { event } = useDesk();
  const [day, setDay] = useState(() => event.days.find(({ date }) => date === list.today)?.id ?? EVERYONE);
  const minors =
    day === EVERYONE
      ? list.minors
      : list.minors.filter(
          ({ status, mode, days }) => status === 'confirmed' && mode === 'in-person' && days.includes(day),
        );
  return (
    <>
      <SelectField
        name="day"
        label={words.children.day}
        value={day}
        choices={[
          [EVERYONE, words.children.everyDay],
          ...event.days.map(({ id, date }) => [id, dayName(date)] as const),
        ]}
        onChange={setDay}
      />
      {minors.length === 0 ? (
        <p class="empty">{words.children.noneOnDay}</p>
      ) : (
        <MinorTable list={{ ...list, minors }} />
      )}
    </>
  );
}
