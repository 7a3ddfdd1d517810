import { useState } from 'preact/hooks';
import { isBesideEntrance, type Offered } from '../../../shared/checkin/list/list.ts';
import { PRACTICE_CODE } from '../../../shared/checkin/scan/scan.ts';
import { lastDay } from '../../../shared/event/event-times.ts';
import { localTimeOf } from '../../../shared/kernel/text/zoned-time.ts';
import { type PublicEvent, useAct, useDesk, useRead } from '../desk.ts';
import { ChecksField, fieldError, TextInput } from '../kernel/form/field.tsx';
import { FieldsForm } from '../kernel/form/form.tsx';
import { DigitsInput, filled, instantTyped, numberOf, requireTyped, useTyped } from '../kernel/form/typed.tsx';
import { Button, Disclosure } from '../kernel/parts/buttons.tsx';
import { TableHead } from '../kernel/parts/facts.tsx';
import { FailureNote, Heading } from '../kernel/parts/page.tsx';
import { Qr } from '../kernel/parts/qr.tsx';
import { Show, useLive } from '../kernel/parts/show.tsx';
import { when, zoneName } from '../names.ts';
import { t } from '../words.ts';
import { EnrolmentCode, type Made, madeOf, ProposedPhones } from './offer.tsx';
import { agoText, type Devices, listNames, memberText, placeName, type Read, useReader } from './overview.ts';

/** Lists that one box stands for. */
interface Box {
  readonly value: string;
  readonly label: string;
  readonly lists: readonly string[];
}

export const eachList = (read: Read): readonly Box[] =>
  [...listNames(read)].map(([id, label]) => ({ value: id, label, lists: [id] }));

/**
 * A box for each entrance, each day and each thing that is handed out: a day's stands for its own doors, unless the entrance counts for
 * them, and those of its sessions.
 */
export function byDay(read: Read): readonly Box[] {
  const { programme, lists, handouts } = read;
  const dayOf = ({ place }: Read['lists'][number]): string | undefined =>
    place.kind === 'session'
      ? programme.sessions.find(({ id }) => id === place.session)?.day
      : place.kind === 'day'
        ? place.day
        : undefined;
  const entrancesToo = lists.map(offeredAs);
  const entrances = eachList(read).filter(({ value }) => lists.find(({ id }) => id === value)?.place.kind === 'event');
  const days = programme.days.map(({ id }) => ({
    value: `day ${id}`,
    label: placeName(programme, { kind: 'day', day: id }),
    lists: lists
      .filter((list) => dayOf(list) === id && !isBesideEntrance(offeredAs(list), entrancesToo))
      .map((list) => list.id),
  }));
  const given = eachList(read).filter(({ value }) => handouts.some(({ id }) => id === value));
  return [
    ...entrances,
    ...days
      .filter((day) => day.lists.length > 0)
      .map((day) => ({ ...day, label: t('doors.phones.ofDay', { day: day.label, lists: day.lists.length }) })),
    ...given,
  ];
}

/** Times that nobody knows are those of no entrance. */
const offeredAs = ({ opens = '', closes = '', ...list }: Read['lists'][number]): Offered => ({
  ...list,
  opensAt: Date.parse(opens),
  closesAt: Date.parse(closes),
});

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
    const phones = numberOf(typed.phones);
    requireTyped(
      { name, lists: lists.join(), endsAt, phones: typed.phones },
      { number: { phones: typed.phones }, moment: { endsAt }, day: { vettedUntil } },
    );
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
          <Button
            kind="second"
            onPress={() => {
              setSingle(true);
              // The button goes: reading goes on with the lists.
              document.getElementById('lists')?.focus();
            }}
          >
            {t('doors.phones.single')}
          </Button>
        </p>
      )}
      <DigitsInput {...field('endsAt')} as="moment" hint={t('doors.phones.endsHint', { zone: zoneName(event) })} />
      <ChecksField
        name="maySearch"
        label={LABELS.maySearch}
        choices={[['yes', t('doors.phones.maySearch')]]}
        chosen={maySearch ? ['yes'] : []}
        onChange={(chosen) => setMaySearch(chosen.length > 0)}
      />
      <DigitsInput {...field('phones')} as="number" hint={t('doors.phones.howManyHint')} />
      <DigitsInput {...optional('vettedUntil')} as="day" hint={t('doors.phones.vettedHint')} />
    </FieldsForm>
  );
}

/** The end of the first day that is not over, as the event's clocks show it; nothing where all are. */
function endOfShift({ days, timeZone }: PublicEvent, now: number): string {
  const shown = localTimeOf(new Date(now).toISOString(), timeZone);
  return days.map(({ date, end }) => `${date}T${end}`).find((end) => end > shown) ?? '';
}

interface LetInProps {
  readonly read: Read;
  /** The phones that are let in already. */
  readonly known: readonly { readonly id: string; readonly offer?: string | undefined }[];
  /** One waits for a second person now. */
  readonly onProposed: () => void;
}

/** The code is shown this once, in place of the form that made it, until a phone took it. */
function LetIn({ read, known, onProposed }: LetInProps) {
  const { tell } = useDesk();
  const [made, setMade] = useState<Made>();
  if (made !== undefined) {
    const taken = known.filter(({ id, offer }) => id === made.deviceId || offer === made.deviceId).length;
    return <EnrolmentCode made={made} taken={taken} onDone={() => setMade(undefined)} />;
  }
  return (
    <Disclosure label={t('doors.phones.letIn')}>
      {(close) => (
        <LetInForm
          read={read}
          onMade={setMade}
          onProposed={(name) => {
            close();
            tell(t('doors.phones.proposed', { name }));
            onProposed();
          }}
          onClose={close}
        />
      )}
    </Disclosure>
  );
}

/** A code with which staff try their phones before doors open. */
const Practice = () => (
  <details>
    <summary>{t('doors.phones.practice')}</summary>
    <p>{t('doors.phones.practiceExplain')}</p>
    <Qr text={PRACTICE_CODE} label={t('doors.phones.practice')} />
  </details>
);

/** The phones that scan, and a code to let another one in. */
export function Phones() {
  const { api, event } = useDesk();
  const [proposed, setProposed] = useState(0);
  const overview = useRead(event.id, useReader());
  const devices = useLive(event.id, () =>
    api('GET /api/organiser/events/{eventId}/check-in/devices', { params: { eventId: event.id } }),
  );
  return (
    <>
      <Heading>{t('doors.phones.title')}</Heading>
      <p>{t('doors.phones.explain')}</p>
      <Show of={overview}>
        {(read) => (
          <Show of={devices}>
            {({ devices: all }) => (
              <>
                {devices.isOld && <p class="note warn">{t('checkIn.old')}</p>}
                <LetIn read={read} known={all} onProposed={() => setProposed(proposed + 1)} />
                <ProposedPhones made={proposed} />
                <Practice />
                {all.length === 0 ? (
                  <p class="empty">{t('doors.phones.none')}</p>
                ) : (
                  <PhoneTable devices={all} read={read} onChanged={devices.show} />
                )}
              </>
            )}
          </Show>
        )}
      </Show>
    </>
  );
}

type Device = Devices['devices'][number];

interface PhoneTableProps {
  readonly devices: readonly Device[];
  readonly read: Read;
  readonly onChanged: (devices: Devices) => void;
}

/** Those that may scan come first. */
function PhoneTable({ devices, read, onChanged }: PhoneTableProps) {
  const isActive = ({ standing }: Device): number => (standing === 'active' ? 0 : 1);
  const names = listNames(read);
  return (
    <table class="stacked">
      <TableHead
        columns={[
          t('doors.phones.phone'),
          t('doors.phones.lists'),
          t('doors.phones.until'),
          t('doors.phones.standing'),
        ]}
        unseen={t('doors.phones.revoke')}
      />
      <tbody>
        {[...devices]
          .sort((a, b) => isActive(a) - isActive(b))
          .map((device) => (
            <Row key={device.id} device={device} names={names} onChanged={onChanged} />
          ))}
      </tbody>
    </table>
  );
}

interface RowProps {
  readonly device: Device;
  readonly names: ReadonlyMap<string, string>;
  readonly onChanged: (devices: Devices) => void;
}

const TAGS = { active: 'confirmed', over: 'expired', revoked: 'cancelled' } as const;

function Row({ device, names, onChanged }: RowProps) {
  const { event } = useDesk();
  const { name, lists, endsAt, revokedAt, standing, maySearch, search, talk, vettedUntil = '', by } = device;
  const isSilent = standing === 'active' && talk?.isSilent === true;
  const more = [
    maySearch && t('doors.phones.searches'),
    vettedUntil >= lastDay(event) && t('doors.phones.sees'),
  ].filter(Boolean);
  return (
    <tr>
      <th scope="row">
        {name}
        {more.length > 0 && <small>{more.join(', ')}</small>}
        {search && (
          <small class={search.lastHour >= search.most ? 'over' : undefined}>
            {t('doors.phones.searched', search)}
          </small>
        )}
        {standing === 'active' && search?.standing === 'ended' && (
          <small class="over">{t('doors.phones.searchEnded')}</small>
        )}
        <small>{t('doors.phones.by', { who: memberText(by) })}</small>
      </th>
      <td data-label={t('doors.phones.lists')}>{lists.map((id) => names.get(id) ?? id).join('; ')}</td>
      <td data-label={t('doors.phones.until')} class="time">
        {when(event, revokedAt ?? endsAt)}
      </td>
      <td>
        <span class={`tag ${TAGS[standing]}`}>{t(`doors.phones.standings.${standing}`)}</span>
        {isSilent && <span class="tag overdue">{t('doors.phones.silent')}</span>}
        {standing !== 'revoked' && <Talk of={talk} />}
      </td>
      <td class="act">{standing !== 'revoked' && <Revoke device={device} onChanged={onChanged} />}</td>
    </tr>
  );
}

/** What a phone said of itself, and how long ago. */
function Talk({ of }: { readonly of: Device['talk'] }) {
  if (of === undefined) return <small>{t('doors.phones.noTalk')}</small>;
  const { since, waiting, refused, rosterAge, revocationsAge, version, scansLastHour } = of;
  return (
    <>
      <small>{t('doors.phones.lastTalk', { ago: agoText(since) })}</small>
      <small class={waiting + refused > 0 ? 'over' : undefined}>
        {t('doors.phones.waiting', { waiting, refused })}
      </small>
      <small>{t('doors.phones.ages', { roster: agoText(rosterAge), revocations: agoText(revocationsAge) })}</small>
      <small>{t('doors.phones.scans', { hour: scansLastHour, version })}</small>
    </>
  );
}

/** Two presses; also of one whose shift is over, for what it scanned is taken until it is shut out. */
function Revoke({ device: { id, name }, onChanged }: Omit<RowProps, 'names'>) {
  const { api, event, tell } = useDesk();
  const { busy, error, run } = useAct();
  const [sure, setSure] = useState(false);
  const revoke = async (): Promise<void> => {
    if (!sure) return setSure(true);
    const params = { eventId: event.id, deviceId: id };
    onChanged(await api('DELETE /api/organiser/events/{eventId}/check-in/devices/{deviceId}', { params }));
    tell(t('doors.phones.revoked', { name }));
  };
  return (
    <>
      <Button
        kind={sure ? 'danger' : 'second'}
        busy={busy}
        label={sure ? undefined : t('doors.phones.revokeOf', { name })}
        onPress={() => run(revoke)}
      >
        {sure ? t('doors.phones.revokeNow') : t('doors.phones.revoke')}
      </Button>
      <FailureNote error={error} />
    </>
  );
}
