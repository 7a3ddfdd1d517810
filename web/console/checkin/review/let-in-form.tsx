import { useState } from 'preact/hooks';
import { localTimeOf } from '../../../../shared/kernel/text/zoned-time.ts';
import { type PublicEvent, useAct, useDesk } from '../../desk.ts';
import { ChecksField, TextField } from '../../kernel/form/field.tsx';
import { fieldError } from '../../kernel/form/field-errors.ts';
import { FieldsForm } from '../../kernel/form/fields-form.tsx';
import { refuse } from '../../kernel/form/require-typed.ts';
import { filled, instantTyped } from '../../kernel/form/typed.ts';
import { useTyped } from '../../kernel/form/use-typed.ts';
import { Button } from '../../kernel/parts/button.tsx';
import { zoneName } from '../../names.ts';
import { words } from '../../words.ts';
import { type Made, madeOf } from '../devices/made.ts';
import { doors } from '../lists/doors.ts';
import { listNames, placeName, type Read } from '../overview.ts';

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
      .map((day) => ({ ...day, label: doors.phones.ofDay(day.label, day.lists.length) })),
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
  name: doors.phones.name,
  lists: doors.phones.lists,
  endsAt: doors.phones.endsAt,
  maySearch: doors.phones.desk,
  vettedUntil: doors.phones.vetted,
  phones: doors.phones.howMany,
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
      ...(name.trim() === '' && { name: words.required }),
      ...(lists.length === 0 && { lists: words.required }),
      ...(endsAt === '' && { endsAt: words.required }),
    };
    if (Object.keys(missing).length > 0) refuse(missing);
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
      send={typed.vettedUntil === '' ? doors.phones.make : doors.phones.propose}
      busy={busy}
      error={error}
      labels={LABELS}
      onSend={() => run(make)}
      onCancel={onClose}
    >
      <TextField {...field('name')} hint={doors.phones.nameHint} maxLength={80} />
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
            {doors.phones.single}
          </Button>
        </p>
      )}
      <TextField {...field('endsAt')} type="datetime-local" hint={doors.phones.endsHint(zoneName(event))} />
      <ChecksField
        name="maySearch"
        label={LABELS.maySearch}
        choices={[['yes', doors.phones.maySearch]]}
        chosen={maySearch ? ['yes'] : []}
        onChange={(chosen) => setMaySearch(chosen.length > 0)}
      />
      <TextField {...field('phones')} type="number" hint={doors.phones.howManyHint} />
      <TextField {...optional('vettedUntil')} type="date" hint={doors.phones.vettedHint} />
    </FieldsForm>
  );
}

/** The end of the first day that is not over, as the event's clocks show it; nothing where all are. */
function endOfShift({ days, timeZone }: PublicEvent, now: number): string {
  const shown = localTimeOf(new Date(now).toISOString(), timeZone);
  return days.map(({ date, end }) => `${date}T${end}`).find((end) => end > shown) ?? '';
}
