import { useState } from 'preact/hooks';
import { localTimeOf } from '../../../shared/kernel/text/zoned-time.ts';
import { type PublicEvent, useAct, useDesk } from '../desk.ts';
import { ChecksField, fieldError, TextInput } from '../kernel/form/field.tsx';
import { FieldsForm } from '../kernel/form/form.tsx';
import { filled, instantTyped, refuseTyped, useTyped } from '../kernel/form/typed.ts';
import { Button } from '../kernel/parts/buttons.tsx';
import { zoneName } from '../names.ts';
import { t } from '../words.ts';
import { type Made, madeOf } from './offer.tsx';
import { listNames, placeName, type Read } from './overview.ts';

/** Lists that one box stands for. */
interface Box {
  readonly value: string;
  readonly label: string;
  readonly lists: readonly string[];
}

export const eachList = (read: Read): readonly Box[] =>
  [...listNames(read)].map(([id, label]) => ({ value: id, label, lists: [id] }));

/** A box for each entrance and each day: a day's stands for its own doors and those of its sessions. */
export function byDay(read: Read): readonly Box[] {
  const { programme, lists } = read;
  const dayOf = ({ place }: Read['lists'][number]): string | undefined =>
    place.kind === 'session'
      ? programme.sessions.find(({ id }) => id === place.session)?.day
      : place.kind === 'day'
        ? place.day
        : undefined;
  const entrances = eachList(read).filter(({ value }) => lists.find(({ id }) => id === value)?.place.kind === 'event');
  const days = programme.days.map(({ id }) => ({
    value: `day ${id}`,
    label: placeName(programme, { kind: 'day', day: id }),
    lists: lists.filter((list) => dayOf(list) === id).map((list) => list.id),
  }));
  return [
    ...entrances,
    ...days
      .filter((day) => day.lists.length > 0)
      .map((day) => ({ ...day, label: t('doors.phones.ofDay', { day: day.label, lists: day.lists.length }) })),
  ];
}

interface LetInFormProps {
  readonly read: Read;
  readonly onMade: (made: Made) => void;
  /** It waits for a second person, and has no code yet. */
  readonly onProposed: (name: string) => void;
  readonly onClose: () => void;
}

const LABELS = {
  name: t('doors.phones.name'),
  lists: t('doors.phones.lists'),
  endsAt: t('doors.phones.endsAt'),
  maySearch: t('doors.phones.desk'),
  vettedUntil: t('doors.phones.vetted'),
  phones: t('doors.phones.howMany'),
};

export function LetInForm({ read, onMade, onProposed, onClose }: LetInFormProps) {
  const { api, event, now } = useDesk();
  const { busy, error, run } = useAct();
  const begin = { name: '', endsAt: endOfShift(event, now()), vettedUntil: '', phones: '1' };
  const { typed, field, optional } = useTyped(begin, LABELS, error);
  const [lists, setLists] = useState<readonly string[]>([]);
  const [isSingle, setSingle] = useState(false);
  const [maySearch, setMaySearch] = useState(false);
  const boxes = isSingle ? eachList(read) : byDay(read);
  const make = async (): Promise<void> => {
    const { name, endsAt, vettedUntil } = typed;
    const phones = Number(typed.phones);
    const missing = {
      ...(name.trim() === '' && { name: t('common.required') }),
      ...(lists.length === 0 && { lists: t('common.required') }),
      ...(endsAt === '' && { endsAt: t('common.required') }),
    };
    if (Object.keys(missing).length > 0) refuseTyped(missing);
    const answer = await api('POST /api/organiser/events/{eventId}/check-in/enrolments', {
      params: { eventId: event.id },
      body: {
        ...{ name, lists, maySearch, endsAt: instantTyped(endsAt, event.timeZone), ...filled({ vettedUntil }) },
        ...(phones !== 1 && { phones }),
      },
    });
    if ('link' in answer) onMade(madeOf(answer, { name, phones, now: now() }));
    else onProposed(name);
  };
  return (
    <FieldsForm
      send={typed.vettedUntil === '' ? t('doors.phones.make') : t('doors.phones.propose')}
      busy={busy}
      error={error}
      labels={LABELS}
      onSend={() => run(make)}
      onCancel={onClose}
    >
      <TextInput {...field('name')} hint={t('doors.phones.nameHint')} maxLength={80} />
      <ChecksField
        name="lists"
        label={LABELS.lists}
        error={fieldError(error, 'lists')}
        choices={boxes.map(({ value, label }) => [value, label])}
        chosen={boxes.filter((box) => box.lists.every((id) => lists.includes(id))).map(({ value }) => value)}
        onChange={(chosen) => setLists(boxes.flatMap((box) => (chosen.includes(box.value) ? box.lists : [])))}
      />
      {!isSingle && (
        <p>
          <Button kind="second" onPress={() => setSingle(true)}>
            {t('doors.phones.single')}
          </Button>
        </p>
      )}
      <TextInput
        {...field('endsAt')}
        type="datetime-local"
        hint={t('doors.phones.endsHint', { zone: zoneName(event) })}
      />
      <ChecksField
        name="maySearch"
        label={LABELS.maySearch}
        choices={[['yes', t('doors.phones.maySearch')]]}
        chosen={maySearch ? ['yes'] : []}
        onChange={(chosen) => setMaySearch(chosen.length > 0)}
      />
      <TextInput {...field('phones')} type="number" hint={t('doors.phones.howManyHint')} />
      <TextInput {...optional('vettedUntil')} type="date" hint={t('doors.phones.vettedHint')} />
    </FieldsForm>
  );
}

/** The end of the first day that is not over, as the event's clocks show it; nothing where all are. */
function endOfShift({ days, timeZone }: PublicEvent, now: number): string {
  const shown = localTimeOf(new Date(now).toISOString(), timeZone);
  return days.map(({ date, end }) => `${date}T${end}`).find((end) => end > shown) ?? '';
}
