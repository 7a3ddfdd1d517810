import { useState } from 'preact/hooks';
import { localTimeOf } from '../../../shared/kernel/text/zoned-time.ts';
import { navigate, pageAddress } from '../addresses.ts';
import { useDesk, useRead } from '../desk.ts';
import { idFromTitle } from '../event/id-from-title.ts';
import type { BodyOf } from '../kernel/api.ts';
import { ChecksField, fieldError, SelectField, TextInput } from '../kernel/form/field.tsx';
import { FieldsForm } from '../kernel/form/form.tsx';
import { DigitsInput, instantTyped, numberOf, requireTyped } from '../kernel/form/typed.tsx';
import { Confirmation } from '../kernel/parts/buttons.tsx';
import { useUnlessStale } from '../kernel/parts/change.ts';
import { Heading } from '../kernel/parts/page.tsx';
import { Show } from '../kernel/parts/show.tsx';
import { type ProgrammeAnswer, textIn, zoneName } from '../names.ts';
import { t } from '../words.ts';
import { type List, listName, placeName, type Read, useReader } from './overview.ts';

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
      <TextInput {...optional('name')} hint={t('checkInList.nameHint')} maxLength={80} />
      <SelectField
        {...field('passing')}
        value={typed.passing}
        choices={PASSINGS.map((each) => [each, t(`checkInList.passings.${each}`)] as const)}
      />
      <DigitsInput {...optional('opensAt')} as="moment" hint={timesHint} />
      <DigitsInput {...optional('closesAt')} as="moment" />
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
      <DigitsInput {...optional('capacity')} as="number" hint={t('checkInList.capacityHint')} />
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
  const { busy, error, change } = useUnlessStale(onStale, t('checkInList.changedMeanwhile'));
  const [typed, setTyped] = useState(() => typedOf(read, list));
  const save = async (): Promise<void> => {
    const { opensAt, closesAt, capacity } = typed;
    requireTyped({}, { moment: { opensAt, closesAt }, number: { capacity } });
    const body = bodyOf(read, typed, list);
    const name = listName(read.programme, { id: list?.id ?? '', ...body });
    const taken = read.lists.map(({ id }) => id);
    await api('PUT /api/organiser/events/{eventId}/check-in/lists/{listId}', {
      params: { eventId: event.id, listId: list?.id ?? idFromTitle(name, taken) },
      body,
    });
    navigate(pageAddress(event.id, 'check-in'));
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

type Body = BodyOf<'PUT /api/organiser/events/{eventId}/check-in/lists/{listId}'>;

/** A list as it is typed. */
interface TypedList {
  readonly name: string;
  /** `event`, `day:day-1` or `session:opening` */
  readonly place: string;
  readonly opensAt: string;
  readonly closesAt: string;
  readonly capacity: string;
  readonly passing: string;
  readonly categories: readonly string[];
  readonly modes: readonly string[];
  readonly signedUpOnly: boolean;
}

/** @param list none where one is made */
function typedOf({ programme: { timeZone } }: Read, list: List | undefined): TypedList {
  const time = (instant: string | undefined): string => (instant === undefined ? '' : localTimeOf(instant, timeZone));
  return {
    name: list?.name ?? '',
    place: list === undefined ? 'event' : placeText(list.place),
    opensAt: time(list?.opensAt),
    closesAt: time(list?.closesAt),
    capacity: list?.capacity === undefined ? '' : String(list.capacity),
    passing: list?.passing ?? 'once',
    categories: list?.categories ?? [],
    modes: list?.modes ?? ['in-person'],
    signedUpOnly: list?.signedUpOnly ?? true,
  };
}

/** What of it is wrong, the API says. */
function bodyOf({ revision, programme: { timeZone } }: Read, typed: TypedList, list: List | undefined): Body {
  const { name, opensAt, closesAt, capacity, categories, passing, modes } = typed;
  const place = placeOf(typed.place);
  return {
    revision,
    place,
    ...(name.trim() !== '' && { name }),
    ...(opensAt !== '' && { opensAt: instantTyped(opensAt, timeZone, list?.opensAt) }),
    ...(closesAt !== '' && { closesAt: instantTyped(closesAt, timeZone, list?.closesAt) }),
    ...(capacity.trim() !== '' && { capacity: numberOf(capacity) }),
    ...(categories.length > 0 && { categories }),
    modes: modes as Body['modes'],
    signedUpOnly: place.kind === 'session' && typed.signedUpOnly,
    passing: passing as Body['passing'],
  };
}

const placeText = (place: List['place']): string =>
  place.kind === 'event' ? 'event' : place.kind === 'day' ? `day:${place.day}` : `session:${place.session}`;

function placeOf(text: string): List['place'] {
  const [kind, id = ''] = text.split(':');
  if (kind === 'day') return { kind, day: id };
  return kind === 'session' ? { kind, session: id } : { kind: 'event' };
}

interface RemoveListProps {
  readonly id: string;
  readonly name: string;
  /** Of all lists, as they are shown. */
  readonly revision: number;
  readonly onStale: () => Promise<void>;
}

/** Two presses; one that is in use, or that another member changed meanwhile, is refused, with why. */
export function RemoveList({ id, name, revision, onStale }: RemoveListProps) {
  const { api, event, tell } = useDesk();
  const { busy, error, change } = useUnlessStale(onStale, t('checkInList.changedMeanwhile'));
  const remove = async (): Promise<void> => {
    const params = { eventId: event.id, listId: id };
    await api('DELETE /api/organiser/events/{eventId}/check-in/lists/{listId}', {
      params,
      query: { revision: String(revision) },
    });
    navigate(pageAddress(event.id, 'check-in'));
    tell(t('checkInList.removed', { list: name }));
  };
  return (
    <Confirmation
      label={t('checkInList.remove')}
      follows={t('checkInList.removeFollows')}
      now={t('checkInList.removeNow')}
      kind="danger"
      busy={busy}
      error={error}
      onPress={() => change(remove)}
    />
  );
}

export function NewList() {
  const { event } = useDesk();
  const overview = useRead(event.id, useReader());
  return (
    <>
      <Heading>{t('checkInList.newTitle')}</Heading>
      <Show of={overview}>
        {(read) => (
          <ListForm read={read} onStale={overview.reload} onClose={() => navigate(pageAddress(event.id, 'check-in'))} />
        )}
      </Show>
    </>
  );
}
