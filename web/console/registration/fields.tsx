import { useMemo } from 'preact/hooks';
import { isAtNoon, noonsIn } from '../../../shared/checkin/attendance/minutes.ts';
import type { Place } from '../../../shared/checkin/check-in-items.schema.ts';
import { asReadBy } from '../../../shared/event/answer-readers.ts';
import { PRESENCES, type Presence, REGISTRATION_STATUSES } from '../../../shared/event/attendee.ts';
import { asHeld } from '../../../shared/event/event-standing.ts';
import { localDate } from '../../../shared/kernel/text/zoned-time.ts';
import { isOverdue, pendingSince } from '../../../shared/registration/decide/approval.ts';
import { listedQuestions } from '../../../shared/registration/people/person.ts';
import { ROLES } from '../../../shared/registration/registration.ts';
import type { Tag } from '../../../shared/registration/tags/tags.schema.ts';
import { type Desk, type PublicEvent, useAttendance, useDesk, usePeople } from '../desk.ts';
import { answerIn } from '../kernel/parts/answer-text.ts';
import { heldMode, modeText, Status } from '../kernel/parts/registration-table.tsx';
import { countryText, languageText, nameOfDay, titleIn, when } from '../names.ts';
import { t } from '../words.ts';
import type { ListedAttendance } from './attendance.ts';
import {
  BY_NAME,
  fieldsNamed,
  inOrder,
  isFiltered,
  type ListState,
  matcher,
  type PeopleField,
  single,
  stateIn,
} from './filter.ts';
import { useKnownTags } from './known-tags.ts';
import { isNotReached, type KnownPerson, OVERDUE, type People, UNREACHED } from './people.ts';

const YES = 'yes';

/** What is known of attendance, and which of its fields are asked for. */
interface AskedAttendance extends Pick<ListedAttendance, 'parts' | 'lists' | 'daysOnly' | 'of' | 'isWhole'> {
  readonly asked: readonly string[];
}

/** @param now epoch milliseconds @param tags of the event, once they are known */
export function peopleFields(
  event: PublicEvent,
  now: () => number,
  attendance: AskedAttendance,
  tags?: readonly Tag[],
): readonly PeopleField[] {
  const text = (id: string, title: string, of: (person: KnownPerson) => string | undefined): PeopleField => ({
    id,
    title,
    kind: 'text',
    ...single(of),
  });
  const instant = (id: string, title: string, of: (person: KnownPerson) => string | undefined): PeopleField => ({
    ...text(id, title, of),
    kind: 'instant',
    nameOf: (value) => when(event, value),
    sortedBy: of,
  });
  const mark = (id: string, title: string, holds: (person: KnownPerson) => boolean): PeopleField => ({
    id,
    title,
    kind: 'choice',
    choices: [YES],
    valuesOf: (person) => (holds(person) ? [YES] : []),
    nameOf: () => t('common.yes'),
  });
  const parts = (
    id: string,
    title: string,
    of: readonly { readonly id: string; readonly title: string }[],
    valuesOf: PeopleField['valuesOf'],
  ): PeopleField => ({
    id,
    title,
    kind: 'choice',
    choices: of.map((each) => each.id),
    valuesOf,
    nameOf: (value) => titleIn(of, value),
  });
  const names = tags && new Map(tags.map(({ id, name }) => [id, name]));
  const isLate = (person: KnownPerson): boolean => isOverdue(event, person, new Date(now()));
  return [
    { ...text('name', t('row.name'), ({ fullName }) => fullName), sortedBy: BY_NAME, isUsual: true },
    {
      ...text('reference', t('registrations.reference'), ({ reference }) => reference),
      sortedBy: ({ reference }) => reference,
    },
    text('honorific', t('fact.honorific'), ({ honorific }) => honorific),
    text('badgeName', t('fact.badgeName'), ({ badgeName }) => badgeName),
    text('nativeName', t('fact.nativeName'), ({ nativeName }) => nativeName),
    { ...text('organisation', t('row.organisation'), ({ organisation }) => organisation), isUsual: true },
    {
      id: 'country',
      title: t('fact.country'),
      kind: 'choice',
      ...single(({ country }) => country),
      nameOf: (code) => countryText(event, code),
      isUsual: true,
    },
    {
      ...parts('category', t('row.category'), event.categories, () => []),
      ...single(({ category }) => category),
      isUsual: true,
    },
    {
      id: 'tags',
      title: t('tags.title'),
      kind: 'choice',
      ...(tags && { choices: tags.map(({ id }) => id) }),
      // One that is removed leaves people within minutes, and what is shown at once.
      valuesOf: ({ tags: own = [] }) => (names === undefined ? own : own.filter((id) => names.has(id))),
      nameOf: (id) => names?.get(id) ?? id,
    },
    {
      id: 'role',
      title: t('fact.role'),
      kind: 'choice',
      choices: ROLES,
      ...single(({ role }) => role),
      nameOf: (role) => t(`role.${role as KnownPerson['role']}`),
    },
    {
      id: 'mode',
      title: t('fact.mode'),
      kind: 'choice',
      choices: event.modes.map(({ id }) => id),
      ...single((person) => asHeld(event, person).mode),
      nameOf: (mode) => t(`mode.${mode as KnownPerson['mode']}`),
      Cell: ({ person }) => modeText(heldMode(event, person)),
      isUsual: true,
    },
    {
      id: 'status',
      title: t('row.status'),
      kind: 'choice',
      choices: [...REGISTRATION_STATUSES.filter((status) => status !== ONLY_OF_MINORS), OVERDUE, UNREACHED],
      isInOrderOfChoices: true,
      valuesOf: (person) => [
        person.status,
        ...(isLate(person) ? [OVERDUE] : []),
        ...(isNotReached(person) ? [UNREACHED] : []),
      ],
      nameOf: (status) => {
        if (status === OVERDUE) return t('registrations.overdue');
        return status === UNREACHED ? t('registrations.unreached') : t(`status.${status as KnownPerson['status']}`);
      },
      Cell: ({ person }) => (
        <>
          <Status of={person} />
          {person.isWalkIn && <span class="tag">{t('row.walkIn')}</span>}
          {isLate(person) && <span class="tag overdue">{t('row.overdue')}</span>}
        </>
      ),
      isUsual: true,
    },
    { ...instant('submittedAt', t('row.submittedAt'), ({ submittedAt }) => submittedAt), isUsual: true },
    instant('changedAt', t('fact.changed'), ({ changedAt }) => changedAt),
    instant('pendingSince', t('registrations.decisionSince'), pendingSince),
    instant('waitingSince', t('registrations.seatSince'), ({ waitingSince }) => waitingSince),
    mark('meanwhile', t('registrations.meanwhile'), ({ meanwhile }) => meanwhile === 'online'),
    {
      ...parts('days', t('fact.days'), event.days, ({ days }) => days),
      nameOf: (id) => nameOfDay(event, id),
    },
    parts('sessions', t('fact.sessions'), event.sessions, ({ sessions }) => sessions),
    mark('closedSessions', t('fact.closedSessions'), ({ closedSessions }) => closedSessions),
    parts('seats', t('fact.seats'), event.quotas, ({ seats }) =>
      seats.flatMap(({ quota, state }) => (state === 'taken' ? [quota] : [])),
    ),
    parts('waitsFor', t('registrations.waitsFor'), event.quotas, ({ seats }) =>
      seats.flatMap(({ quota, state }) => (state === 'waiting' ? [quota] : [])),
    ),
    {
      id: 'language',
      title: t('fact.language'),
      kind: 'choice',
      choices: event.languages,
      ...single(({ language }) => language),
      nameOf: languageText,
    },
    {
      id: 'mail',
      title: t('registrations.mail'),
      kind: 'choice',
      choices: ['bounced', 'refused', 'complained'],
      ...single(({ mail }) => mail),
      nameOf: (mail) => t(`registrations.mail.${mail as NonNullable<KnownPerson['mail']>}`),
    },
    mark('unproven', t('registrations.unproven'), ({ unproven }) => unproven === true),
    mark('walkIn', t('fact.walkIn'), ({ isWalkIn }) => isWalkIn === true),
    mark('delegation', t('registrations.inDelegation'), ({ delegation }) => delegation !== undefined),
    mark('optedOut', t('registrations.optedOut'), ({ optedOut }) => optedOut === true),
    mark('lapsed', t('fact.lapsed'), ({ lapsed }) => lapsed === true),
    ...answerFields(event),
    ...attendanceFields(event, now, attendance),
  ];
}

/** Nobody else is in it, and nobody under 18 is in the list. */
const ONLY_OF_MINORS = 'pending-guardian';

const KINDS: Readonly<Partial<Record<PublicEvent['questions'][number]['type'], PeopleField['kind']>>> = {
  number: 'number',
  date: 'date',
  organisation: 'text',
};

function answerFields(event: PublicEvent): readonly PeopleField[] {
  const listed = new Set(listedQuestions(event));
  return event.questions
    .filter(({ id }) => listed.has(id))
    .map((question): PeopleField => {
      const { id, title, type } = question;
      return {
        id: `answer-${id}`,
        title,
        kind: KINDS[type] ?? 'choice',
        ...('options' in question && { choices: (question.options ?? []).map((option) => option.id) }),
        ...(type === 'yes-no' && { choices: ['true', 'false'] }),
        valuesOf: ({ answers }) => {
          const answer = answers[id];
          return answer === undefined ? [] : [answer].flat().map(String);
        },
        nameOf: (value) => answerIn(event, question, type === 'yes-no' ? value === 'true' : value),
      };
    });
}

/** Which fields are of attendance. */
export const isOfAttendance = (id: string): boolean => /^(?:attendance$|attendance-|came-)/.test(id);

const partId = (place: Place): string => {
  if (place.kind === 'event') return 'attendance';
  return place.kind === 'day' ? `attendance-day-${place.day}` : `attendance-session-${place.session}`;
};

interface Placed {
  readonly place: Place;
  /** Of a closed session, which the public programme does not name. */
  readonly title?: string | undefined;
}

/** @param all what the whole event is called */
function placeText(event: PublicEvent, { place, title }: Placed, all: string): string {
  if (title !== undefined) return title;
  if (place.kind === 'event') return all;
  return place.kind === 'day' ? nameOfDay(event, place.day) : titleIn(event.sessions, place.session);
}

/**
 * Where someone came, and when: for each part of the event, and each list. Before they are loaded those are offered that every event has, and
 * those that an address asks for.
 */
function attendanceFields(event: PublicEvent, now: () => number, attendance: AskedAttendance): readonly PeopleField[] {
  const { of, isWhole: isLoaded, asked } = attendance;
  const { parts, lists } = isLoaded ? attendance : partsExpected(event);
  const presences = parts.map((part, nth): PeopleField => {
    const { place, ends } = part;
    const missing: Presence = now() < Date.parse(ends) ? 'not-yet' : 'no-check-in';
    const values: Readonly<Record<string, readonly Presence[]>> = { c: ['came'], e: [missing] };
    return {
      ...presence(partId(place), placeText(event, part, t('registrations.wholeEvent')), isLoaded),
      valuesOf: ({ reference }) => values[of.get(reference)?.presences[nth] ?? ''] ?? [],
    };
  });
  const instants = lists.map((list) =>
    cameAt(event, list.id, list.name ?? placeText(event, list, t('checkIn.entrance')), attendance),
  );
  const all = [...presences, ...instants];
  const known = new Set(all.map(({ id }) => id));
  const others = isLoaded ? [] : [...new Set(asked)].filter((id) => !known.has(id));
  return [
    ...all,
    ...others.map((id) =>
      id.startsWith(CAME_AT)
        ? cameAt(event, id.slice(CAME_AT.length), id.slice(CAME_AT.length), attendance)
        : presence(id, id.replace(/^attendance-(?:day-|session-)?/, ''), isLoaded),
    ),
  ];
}

const partsExpected = ({ days }: PublicEvent): Pick<ListedAttendance, 'parts' | 'lists'> => {
  const places: readonly (readonly [string, Place])[] = [
    ['event', { kind: 'event' }],
    ...days.map(({ id }) => [`day-${id}`, { kind: 'day', day: id }] as const),
  ];
  return {
    parts: places.map(([, place]) => ({ place, ends: '' })),
    lists: places.map(([id, place]) => ({ id, place })),
  };
};

const presence = (id: string, place: string, isLoaded: boolean): PeopleField => ({
  id,
  title: t('registrations.attendance', { place }),
  kind: 'choice',
  choices: PRESENCES,
  isInOrderOfChoices: true,
  valuesOf: () => [],
  nameOf: (value) => t(`came.presence.${value as Presence}`),
  isLoaded,
});

const CAME_AT = 'came-';

function cameAt(
  event: PublicEvent,
  list: string,
  name: string,
  { of, isWhole, daysOnly }: AskedAttendance,
): PeopleField {
  const noonOf = noonsIn(event.timeZone);
  const timeOf = ({ reference }: KnownPerson): string | undefined => {
    const at = of.get(reference)?.cameAt[list];
    if (at === undefined || !(daysOnly || isAtNoon(Date.parse(at), noonOf))) return at;
    return localDate(new Date(at), event.timeZone);
  };
  return {
    id: CAME_AT + list,
    title: t('registrations.cameAt', { list: name }),
    kind: daysOnly ? 'date' : 'instant',
    valuesOf: (person) => {
      const at = timeOf(person);
      return at === undefined ? [] : [at];
    },
    nameOf: (value) => when(event, value),
    sortedBy: timeOf,
    isLoaded: isWhole,
  };
}

export interface ListOfPeople {
  readonly people: People;
  readonly fields: readonly PeopleField[];
  readonly state: ListState;
  /** What of the address means nothing here. */
  readonly unknown: readonly string[];
  /** Whom it shows on all its pages, in its order. */
  readonly found: readonly KnownPerson[];
}

/** Milliseconds for which fields are kept: who was not yet to come has not come after a part is over. */
const KEPT = 60_000;

interface MadeOf {
  readonly desk: Desk;
  readonly asked: string;
  readonly tags: readonly Tag[] | undefined;
}

/** What was made last, as long as what is known of attendance is the same. */
const made = new WeakMap<ListedAttendance, MadeOf & { readonly at: number; readonly fields: readonly PeopleField[] }>();

/** The same fields for one page after another: the order of people is kept by them. */
function fieldsKept(
  desk: Desk,
  attendance: ListedAttendance,
  ofAttendance: readonly string[],
  tags: readonly Tag[] | undefined,
): readonly PeopleField[] {
  const asked = ofAttendance.join(' ');
  const { event, grants, now } = desk;
  const last = made.get(attendance);
  const isSame = last?.desk === desk && last.asked === asked && last.tags === tags;
  if (isSame && now() - last.at < KEPT) return last.fields;
  const fields = peopleFields(asReadBy(grants, event), now, { ...attendance, asked: ofAttendance }, tags);
  made.set(attendance, { desk, asked, tags, at: now(), fields });
  return fields;
}

/** What a list says whose state stands in an address; the same on a person's page that was opened from it. */
export function useListOfPeople(query: URLSearchParams): ListOfPeople {
  const desk = useDesk();
  const { event } = desk;
  const known = usePeople();
  const asked = query.toString();
  // The same list as long as it says the same: fields that are made anew forget the order of people.
  const namesAttendance = fieldsNamed(query).filter(isOfAttendance).join(' ');
  const ofAttendance = useMemo(() => namesAttendance.split(' ').filter(Boolean), [namesAttendance]);
  const tags = useKnownTags();
  const attendance = useAttendance(ofAttendance.length > 0);
  const fields = useMemo(
    () => fieldsKept(desk, attendance, ofAttendance, tags),
    [desk, attendance, ofAttendance, tags],
  );
  const { state, unknown } = useMemo(() => stateIn(query, fields, known.all), [asked, fields, known.all]);
  const isUnknown = state.filters.some(({ field }) =>
    fields.some(({ id, isLoaded }) => id === field && isLoaded === false),
  );
  const ordered = useMemo(() => inOrder(known.all, state.sort, fields), [known.all, state.sort, fields]);
  const found = useMemo(() => {
    if (isUnknown) return [];
    return isFiltered(state) ? ordered.filter(matcher(state, fields, event)) : ordered;
  }, [ordered, fields, isUnknown, JSON.stringify([state.q, state.filters])]);
  const isOld = known.isOld || (ofAttendance.length > 0 && attendance.isOld);
  const people: People =
    isUnknown && known.state === 'complete'
      ? { ...known, isOld, state: 'loading', total: undefined }
      : { ...known, isOld };
  return { people, fields, state, unknown, found };
}
