import { REGISTRATION_STATUSES } from '../../../shared/event/attendee.ts';
import { asHeld } from '../../../shared/event/event-standing.ts';
import { isWrittenTo } from '../../../shared/mail/fate/mail-fate.ts';
import { isOverdue, pendingSince } from '../../../shared/registration/decide/approval.ts';
import { listedQuestions } from '../../../shared/registration/people/person.ts';
import { ROLES } from '../../../shared/registration/registration.ts';
import type { PublicEvent } from '../desk.ts';
import { answerIn } from '../kernel/parts/answer-text.ts';
import { heldMode, modeText, Status } from '../kernel/parts/registration-table.tsx';
import { countryText, dayName, languageText, titleIn, when } from '../names.ts';
import { t } from '../words.ts';
import { BY_NAME, OVERDUE, type PeopleField, UNREACHED } from './filter.ts';
import type { KnownPerson } from './people.ts';

const YES = 'yes';

/** Whether mail that matters to someone does not arrive. */
export const isNotReached = (person: KnownPerson): boolean => person.mail !== undefined && isWrittenTo(person);

/** @param now epoch milliseconds */
export function peopleFields(event: PublicEvent, now: () => number): readonly PeopleField[] {
  const one = (value: string | undefined): readonly string[] => (value === undefined || value === '' ? [] : [value]);
  const text = (id: string, title: string, of: (person: KnownPerson) => string | undefined): PeopleField => ({
    id,
    title,
    kind: 'text',
    valuesOf: (person) => one(of(person)),
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
      valuesOf: ({ country }) => one(country),
      nameOf: (code) => countryText(event, code),
      isUsual: true,
    },
    { ...parts('category', t('row.category'), event.categories, ({ category }) => one(category)), isUsual: true },
    {
      id: 'role',
      title: t('fact.role'),
      kind: 'choice',
      choices: ROLES,
      valuesOf: ({ role }) => [role],
      nameOf: (role) => t(`role.${role as KnownPerson['role']}`),
    },
    {
      id: 'mode',
      title: t('fact.mode'),
      kind: 'choice',
      choices: event.modes.map(({ id }) => id),
      valuesOf: (person) => [asHeld(event, person).mode],
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
    { ...parts('days', t('fact.days'), event.days, ({ days }) => days), nameOf: (id) => nameOfDay(event, id) },
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
      valuesOf: ({ language }) => one(language),
      nameOf: languageText,
    },
    {
      id: 'mail',
      title: t('registrations.mail'),
      kind: 'choice',
      choices: ['bounced', 'refused', 'complained'],
      valuesOf: ({ mail }) => one(mail),
      nameOf: (mail) => t(`registrations.mail.${mail as NonNullable<KnownPerson['mail']>}`),
    },
    mark('unproven', t('registrations.unproven'), ({ unproven }) => unproven === true),
    mark('walkIn', t('fact.walkIn'), ({ isWalkIn }) => isWalkIn === true),
    mark('delegation', t('registrations.inDelegation'), ({ delegation }) => delegation !== undefined),
    mark('optedOut', t('registrations.optedOut'), ({ optedOut }) => optedOut === true),
    mark('lapsed', t('fact.lapsed'), ({ lapsed }) => lapsed === true),
    ...answerFields(event),
  ];
}

/** Nobody else is in it, and nobody under 18 is in the list. */
const ONLY_OF_MINORS = 'pending-guardian';

function nameOfDay({ days }: PublicEvent, id: string): string {
  const day = days.find((each) => each.id === id);
  return day === undefined ? id : dayName(day.date);
}

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
