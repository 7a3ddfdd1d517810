import { recipientOf } from '../../announcements/announcement.ts';
import { InvalidInputError } from '../../kernel/errors.ts';
import { isId } from '../../kernel/event-id.ts';
import { json } from '../../kernel/http/reply.ts';
import { formatDate } from '../../kernel/i18n/formats.ts';
import type { Needs } from '../../kernel/parts.store.ts';
import { doesNotFit, type Unfit, unfit } from '../../kernel/text/field-problem.ts';
import { localDate } from '../../kernel/text/zoned-time.ts';
import { rulesOfUnproven } from '../../seats/unproven-seat.ts';
import { holdsAny } from '../../team/role/organiser-role.ts';
import type { Permitted } from '../../team/role/permitted.case.ts';
import { isLive } from '../attendee.ts';
import type { EventDefinition, EventStatus, Session } from '../event.ts';
import { statusOf } from '../event-standing.ts';
import { joinTexts } from '../event-texts.ts';
import { movedTo, registrationWindow } from '../event-times.ts';
import { exclusivePairs } from '../sessions.ts';
import { changeDefinition, refuseOpening, storedEvent } from './change-definition.case.ts';
import type { PROGRAMME_ROUTES } from './programme.routes.ts';

export const getProgramme =
  (deps: Needs<'knownPeople' | 'publishing' | 'system'>): Permitted<typeof PROGRAMME_ROUTES.getProgramme> =>
  async ({ params: { eventId } }, { grants }) => {
    const { version, rules, texts, missing } = await storedEvent(deps, eventId);
    const { languages, timeZone, registration, days, categories, sessions } = joinTexts(rules, texts);
    const { opensAt, closesAt, closed } = registration;
    // By its times alone: that it is closed where the event is called off, the event's status says.
    return json(200, {
      version,
      languages,
      missing,
      timeZone,
      registration: {
        opensAt,
        closesAt,
        closed,
        state: registrationWindow({ registration }, deps.system.now()),
        ...rulesOfUnproven(registration),
      },
      days: days.map(({ id, title, date }) => ({ id, title, date })),
      categories: categories.map(({ id, title }) => ({ id, title })),
      sessions,
      ...(holdsAny(grants, ['edit-event']) && (await attendedAtOnce(deps, rules))),
    });
  };

/** An attendee chooses one of them: they have both where one was moved to the time of the other. */
async function attendedAtOnce({ knownPeople }: Needs<'knownPeople'>, rules: EventDefinition<string>) {
  const pairs = exclusivePairs(rules.sessions);
  if (pairs.length === 0) return {};
  const { people, minors } = await knownPeople(rules);
  const attendees = [...people.values(), ...minors.values()].filter(isLive);
  const found = pairs.flatMap(([{ id: session }, { id: other }]) => {
    const both = attendees.filter(({ sessions }) => sessions.includes(session) && sessions.includes(other)).length;
    return both === 0 ? [] : [{ session, other, attendees: both }];
  });
  return found.length === 0 ? {} : { attendedAtOnce: found };
}

/** Who signed up for a session stays signed up, wherever it moves. */
export const changeSession =
  (deps: Needs<'auditTable' | 'publishing' | 'system'>): Permitted<typeof PROGRAMME_ROUTES.changeSession> =>
  async ({ params: { eventId, sessionId }, body: { version, session }, language }, caller) => {
    if (!isId(sessionId)) throw new InvalidInputError([{ path: 'sessionId', code: 'wrong-type' }]);
    const wanted = { id: sessionId, ...session } as Session;
    const changed = await changeDefinition(deps, {
      eventId,
      version,
      caller,
      language,
      action: 'change-session',
      about: sessionId,
      edit: (before) => ({ ...before, sessions: withSession(before.sessions, wanted) }),
      pathOf: ([list, , ...rest]) => (list === 'sessions' ? ['session', ...rest] : [list, ...rest]).join('.'),
    });
    return json(200, { version: changed });
  };

const withSession = (sessions: readonly Session[], wanted: Session): readonly Session[] =>
  sessions.some(({ id }) => id === wanted.id)
    ? sessions.map((each) => (each.id === wanted.id ? wanted : each))
    : [...sessions, wanted];

/**
 * `now` is the server's: a clock that is fast would leave registration open, and one that is slow would shut it too early. Registration
 * opens only where reports have readers (CS17); it can be shut at any time. What becomes of seats that nobody proves is changed with its
 * times or without them: alone it opens nothing that was published shut.
 */
export const changeRegistrationWindow =
  (
    deps: Needs<'auditTable' | 'publishing' | 'roles' | 'system'>,
  ): Permitted<typeof PROGRAMME_ROUTES.changeRegistrationWindow> =>
  async ({ params: { eventId }, body: { version, opensAt, closesAt, ...unproven }, language }, caller) => {
    const now = deps.system.now();
    const changed = await changeDefinition(deps, {
      eventId,
      version,
      caller,
      language,
      action: 'change-window',
      edit: (before) => {
        const registration = { ...before.registration, ...unproven };
        if (opensAt === undefined && closesAt === undefined) return { ...before, registration };
        const { closed, ...open } = registration;
        return {
          ...before,
          registration: {
            ...open,
            opensAt: instantOf(opensAt, open.opensAt, now),
            closesAt: instantOf(closesAt, open.closesAt, now),
            ...(closesAt === 'now' && closed && { closed }),
          },
        };
      },
      refuse: refuseOpening(deps),
      pathOf: ([first, ...rest]) => [...(first === 'registration' ? [] : [first]), ...rest].join('.'),
    });
    return json(200, { version: changed });
  };

/** What has come already stays as it was: opening or closing twice is a success twice. */
function instantOf(wanted: string | undefined, before: string, now: Date): string {
  if (wanted !== 'now') return wanted ?? before;
  return Date.parse(before) <= now.getTime() ? before : now.toISOString();
}

type EventStatusDeps = Needs<'auditTable' | 'knownPeople' | 'publishing' | 'roles' | 'system'>;

/** A year further ahead was mistyped. */
const MOST_YEARS = 10;

export const getEventStatus =
  (deps: EventStatusDeps): Permitted<typeof PROGRAMME_ROUTES.getEventStatus> =>
  async ({ params: { eventId } }) => {
    const { rules, version } = await storedEvent(deps, eventId);
    const { people, minors } = await deps.knownPeople(rules);
    const live = [...people.values(), ...minors.values()].filter(isLive);
    const recipients = live.map(({ reference, delegation: id, throughCoordinator }) =>
      recipientOf({ reference, ...(id !== undefined && { delegation: { id, throughCoordinator } }) }),
    );
    return json(200, {
      version,
      status: statusOf(rules),
      offersOnline: rules.modes.some(({ id }) => id === 'online'),
      recipients: new Set(recipients).size,
    });
  };

/** The mail to everyone is written with it. What was called off opens again only where reports have readers. */
export const changeEventStatus =
  (deps: EventStatusDeps): Permitted<typeof PROGRAMME_ROUTES.changeEventStatus> =>
  async ({ params: { eventId }, body: { version, status, firstDay }, language }, caller) => {
    const changed = await changeDefinition(deps, {
      eventId,
      version,
      caller,
      language,
      action: 'change-status',
      about: status,
      edit: (before) => withDays(deps, withStatus(before, status), firstDay, language),
      refuse: refuseOpening(deps),
      pathOf: (path) => path.join('.'),
    });
    return json(200, { version: changed });
  };

/** One that takes place and never said so needs not say it. */
const withStatus = (before: EventDefinition, status: EventStatus): EventDefinition =>
  statusOf(before) === status ? before : { ...before, status };

/** @throws InvalidInputError where nobody can mean it */
function withDays(
  { system }: EventStatusDeps,
  before: EventDefinition,
  firstDay: string | undefined,
  language: string,
): EventDefinition {
  if (firstDay === undefined || firstDay === before.days[0]?.date) return before;
  const after = { ...before, days: movedTo(before.days, firstDay) };
  const problem = datesAmiss(after, localDate(system.now(), before.timeZone), language);
  if (problem === undefined) return after;
  throw new InvalidInputError([doesNotFit('firstDay', problem)]);
}

/** Dates that no event can take place on, as its definition says them. */
export function datesAmiss(
  { days, registration, timeZone }: EventDefinition,
  today: string,
  language: string,
): Unfit | undefined {
  const last = days.at(-1)?.date ?? '';
  if ((days[0]?.date ?? '') < today) return unfit('days-past');
  if (Number.parseInt(last, 10) > Number.parseInt(today, 10) + MOST_YEARS) return unfit('days-far');
  const closes = localDate(new Date(registration.closesAt), timeZone);
  return last < closes ? unfit('days-before-close', { until: formatDate(closes, language) }) : undefined;
}
