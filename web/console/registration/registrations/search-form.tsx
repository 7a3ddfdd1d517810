import { useEffect, useState } from 'preact/hooks';
import { REGISTRATION_STATUSES } from '../../../../shared/event/attendee.ts';
import { useDesk } from '../../desk.ts';
import { type Choice, SelectField, TextField } from '../../kernel/form/field.tsx';
import { Form } from '../../kernel/form/form.tsx';
import { Button } from '../../kernel/parts/button.tsx';
import { countryChoices } from '../../names.ts';
import { words } from '../../words.ts';
import { type Filter, OVERDUE, UNREACHED } from './filter.ts';

interface SearchFormProps {
  readonly filter: Filter;
  readonly onSearch: (wanted: Filter) => void;
}

const COUNTRIES = countryChoices(words.registrations.anyCountry);
const STATUSES: readonly Choice[] = [
  ['', words.registrations.anyStatus],
  ...REGISTRATION_STATUSES.map((status) => [status, words.status[status]] as const),
  [OVERDUE, words.registrations.overdue],
  [UNREACHED, words.registrations.unreached],
];

/** Nothing is searched for before the button is pressed: whoever chooses by keyboard passes other choices on the way. */
export function SearchForm({ filter, onSearch }: SearchFormProps) {
  const { event } = useDesk();
  const [typed, setTyped] = useState(filter);
  useEffect(() => setTyped(filter), [JSON.stringify(filter)]);
  const field = (name: keyof Filter) => ({
    name,
    value: typed[name],
    onChange: (value: string) => setTyped({ ...typed, [name]: value }),
  });
  const titled = (parts: readonly { readonly id: string; readonly title: string }[]): readonly Choice[] =>
    parts.map(({ id, title }) => [id, title]);
  return (
    <Form class="filters screen" role="search" onSend={() => onSearch({ ...typed, q: typed.q.trim() })}>
      <TextField {...field('q')} type="search" label={words.registrations.search} maxLength={200} />
      <SelectField {...field('status')} label={words.row.status} choices={STATUSES} />
      <SelectField
        {...field('category')}
        label={words.row.category}
        choices={[['', words.registrations.anyCategory], ...titled(event.categories)]}
      />
      <SelectField
        {...field('mode')}
        label={words.fact.mode}
        choices={[['', words.registrations.anyMode], ...titled(event.modes)]}
      />
      <SelectField {...field('country')} label={words.fact.country} choices={COUNTRIES} />
      <Button type="submit">{words.registrations.find}</Button>
    </Form>
  );
}
