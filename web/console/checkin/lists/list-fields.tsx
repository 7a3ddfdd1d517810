import { useDesk } from '../../desk.ts';
import { type ProgrammeAnswer, textIn } from '../../event/programme/local-text.ts';
import { ChecksField, SelectField, TextField } from '../../kernel/form/field.tsx';
import { fieldError } from '../../kernel/form/field-errors.ts';
import { zoneName } from '../../names.ts';
import { words } from '../../words.ts';
import { placeName } from '../overview.ts';
import type { TypedList } from './typed-list.ts';

/** By the paths of the request. */
export const listLabels = {
  name: words.checkInList.name,
  place: words.checkInList.place,
  opensAt: words.checkInList.opens,
  closesAt: words.checkInList.closes,
  categories: words.checkInList.categories,
  modes: words.checkInList.modes,
  signedUpOnly: words.checkInList.signedUp,
  passing: words.checkInList.passing,
  capacity: words.checkInList.capacity,
};

interface ListFieldsProps {
  readonly programme: ProgrammeAnswer;
  readonly typed: TypedList;
  readonly error: unknown;
  readonly onChange: (typed: TypedList) => void;
}

export function ListFields({ programme, typed, error, onChange }: ListFieldsProps) {
  const { event } = useDesk();
  const field = <Name extends keyof TypedList>(name: Name) => ({
    name,
    label: listLabels[name],
    error: fieldError(error, name),
    onChange: (value: TypedList[Name]) => onChange({ ...typed, [name]: value }),
  });
  const optional = (name: 'name' | 'opensAt' | 'closesAt' | 'capacity') => ({
    ...field(name),
    label: words.optional(listLabels[name]),
    value: typed[name],
  });
  const timesHint = words.checkInList.timesHint(zoneName(event));
  return (
    <>
      <SelectField {...field('place')} value={typed.place} choices={placesOf(programme)} />
      <TextField {...optional('name')} hint={words.checkInList.nameHint} maxLength={80} />
      <SelectField {...field('passing')} value={typed.passing} choices={Object.entries(words.checkInList.passings)} />
      <TextField {...optional('opensAt')} type="datetime-local" hint={timesHint} />
      <TextField {...optional('closesAt')} type="datetime-local" />
      <ChecksField {...field('modes')} choices={Object.entries(words.mode)} chosen={typed.modes} />
      <ChecksField
        {...field('categories')}
        hint={words.checkInList.categoriesHint}
        choices={event.categories.map(({ id, title }) => [id, title] as const)}
        chosen={typed.categories}
      />
      {typed.place.startsWith('session:') && (
        <ChecksField
          {...field('signedUpOnly')}
          choices={[['yes', words.checkInList.signedUpOnly]]}
          chosen={typed.signedUpOnly ? ['yes'] : []}
          onChange={(chosen) => onChange({ ...typed, signedUpOnly: chosen.length > 0 })}
        />
      )}
      <TextField {...optional('capacity')} type="number" hint={words.checkInList.capacityHint} />
    </>
  );
}

const placesOf = (programme: ProgrammeAnswer) => [
  ['event', words.checkInList.places.event] as const,
  ...programme.days.map(({ id }) => [`day:${id}`, placeName(programme, { kind: 'day', day: id })] as const),
  ...programme.sessions.map(({ id, title }) => [`session:${id}`, textIn(programme, title)] as const),
];
