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
import { t } from '../../words.ts';
import { type List, nameOf, placeName, type Read } from '../overview.ts';
import { bodyOf, type TypedList, typedOf } from './typed-list.ts';

const PASSINGS = ['once', 'again', 'in-and-out'] as const;
const MODES = ['in-person', 'online'] as const;

/** By the paths of the request. */
const listLabels = {
  name: t('checkInList.name'),
  place: t('checkInList.place'),
  opensAt: t('checkInList.opens'),
  closesAt: t('checkInList.closes'),
  categories: t('checkInList.categories'),
  modes: t('checkInList.modes'),
  signedUpOnly: t('checkInList.signedUp'),
  passing: t('checkInList.passing'),
  capacity: t('checkInList.capacity'),
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
    label: t('common.optional', { label: listLabels[name] }),
    value: typed[name],
  });
  const timesHint = t('checkInList.timesHint', { zone: zoneName(event) });
  return (
    <>
      <SelectField {...field('place')} value={typed.place} choices={placesOf(programme)} />
      <TextField {...optional('name')} hint={t('checkInList.nameHint')} maxLength={80} />
      <SelectField
        {...field('passing')}
        value={typed.passing}
        choices={PASSINGS.map((each) => [each, t(`checkInList.passings.${each}`)] as const)}
      />
      <TextField {...optional('opensAt')} type="datetime-local" hint={timesHint} />
      <TextField {...optional('closesAt')} type="datetime-local" />
      <ChecksField
        {...field('modes')}
        choices={MODES.map((each) => [each, t(`mode.${each}`)] as const)}
        chosen={typed.modes}
      />
      <ChecksField
        {...field('categories')}
        hint={t('checkInList.categoriesHint')}
        choices={event.categories.map(({ id, title }) => [id, title] as const)}
        chosen={typed.categories}
      />
      {typed.place.startsWith('session:') && (
        <ChecksField
          {...field('signedUpOnly')}
          choices={[['yes', t('checkInList.signedUpOnly')]]}
          chosen={typed.signedUpOnly ? ['yes'] : []}
          onChange={(chosen) => onChange({ ...typed, signedUpOnly: chosen.length > 0 })}
        />
      )}
      <TextField {...optional('capacity')} type="number" hint={t('checkInList.capacityHint')} />
    </>
  );
}

const placesOf = (programme: ProgrammeAnswer) => [
  ['event', t('checkInList.places.event')] as const,
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
    words: t('checkInList.changedMeanwhile'),
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
    tell(list ? t('checkInList.saved', { list: name }) : t('checkInList.made', { list: name }));
  };
  return (
    <FieldsForm
      send={list ? t('checkInList.save') : t('checkInList.makeNow')}
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
