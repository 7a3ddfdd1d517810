import { useState } from 'preact/hooks';
import { pageOf } from '../../addresses.ts';
import { useDesk } from '../../desk.ts';
import { type ProgrammeAnswer, textIn } from '../../event/programme/local-text.ts';
import { newSessionId } from '../../event/programme/session-id.ts';
import { ChecksField, SelectField, TextField } from '../../kernel/form/field.tsx';
import { fieldError } from '../../kernel/form/field-errors.ts';
import { FieldsForm } from '../../kernel/form/fields-form.tsx';
import { useUnlessStale } from '../../kernel/parts/use-unless-stale.ts';
import { zoneName } from '../../names.ts';
import { navigate } from '../../router.ts';
import { words } from '../../words.ts';
import { type List, nameOf, placeName, type Read } from '../overview.ts';
import { bodyOf, type TypedList, typedOf } from './typed-list.ts';

/** By the paths of the request. */
const listLabels = {
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

function ListFields({ programme, typed, error, onChange }: ListFieldsProps) {
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

interface ListFormProps {
  readonly read: Read;
  /** None where one is made. */
  readonly list?: List;
  readonly onStale: () => Promise<void>;
  readonly onClose: () => void;
}

/** What was typed stays where someone else was faster. */
export function ListForm({ read, list, onStale, onClose }: ListFormProps) {
  const { api, event, tell } = useDesk();
  const { busy, error, change } = useUnlessStale({
    problem: 'out-of-date',
    onStale,
    words: words.checkInList.changedMeanwhile,
  });
  const [typed, setTyped] = useState(() => typedOf(read, list));
  const save = async (): Promise<void> => {
    const body = bodyOf(read, typed);
    const name = nameOf(read.programme, { id: list?.id ?? '', ...body });
    const taken = read.lists.map(({ id }) => id);
    await api('PUT /api/organiser/events/{eventId}/check-in/lists/{listId}', {
      params: { eventId: event.id, listId: list?.id ?? newSessionId(name, taken) },
      body,
    });
    navigate(pageOf(event.id, 'check-in'));
    tell(list ? words.checkInList.saved(name) : words.checkInList.made(name));
  };
  return (
    <FieldsForm
      send={list ? words.checkInList.save : words.checkInList.makeNow}
      busy={busy}
      error={error}
      labels={listLabels}
      onSend={() => change(save)}
      onCancel={onClose}
    >
      <ListFields programme={read.programme} typed={typed} error={error} onChange={setTyped} />
    </FieldsForm>
  );
}
