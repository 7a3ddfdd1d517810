import { type Attendee, isLive } from '../attendee.ts';
import type { EventDefinition, LocalText, Session } from '../event.ts';
import type { KnownProgramme, KnownSession, ProgrammeChange } from '../known-programme.schema.ts';
import { isAdmitted } from '../sessions.ts';

export function programmeOf({ days, venue, sessions }: EventDefinition): KnownProgramme {
  return {
    days: days.map(({ id, title, date, start, end }) => ({ id, title, date, start, end })),
    venue: { name: venue.name, address: venue.address },
    sessions: sessions.map((session) => sessionOf(session, days)),
  };
}

const sessionOf = (
  { id, title, day, start, end, room, audience }: Session,
  days: EventDefinition['days'],
): KnownSession => ({
  ...{ id, title, day, start, end },
  date: days.find((each) => each.id === day)?.date ?? '',
  ...(room && { room }),
  ...(audience && { audience }),
});

/**
 * The net difference between what people were told and what is: what was changed and changed back is none. On which dates an event
 * takes place is told apart, at once.
 */
export function programmeChanges(told: KnownProgramme, now: KnownProgramme): readonly ProgrammeChange[] {
  const venue = isAlike([told.venue.name, told.venue.address], [now.venue.name, now.venue.address]);
  return [
    ...(venue ? [] : [{ what: 'venue', before: told.venue, after: now.venue } as const]),
    ...told.days.flatMap((before): ProgrammeChange[] => {
      const after = now.days.find(({ id }) => id === before.id);
      const isSame = after === undefined || (after.start === before.start && after.end === before.end);
      return isSame ? [] : [{ what: 'day', before, after }];
    }),
    ...told.sessions.flatMap((before) =>
      sessionChange(
        before,
        now.sessions.find(({ id }) => id === before.id),
      ),
    ),
    ...now.sessions
      .filter(({ id, audience }) => audience !== undefined && !told.sessions.some((each) => each.id === id))
      .map((after) => ({ what: 'session', after }) as const),
  ];
}

function sessionChange(before: KnownSession, after: KnownSession | undefined): ProgrammeChange[] {
  if (before.gone) return after === undefined ? [] : [{ what: 'session', after }];
  return after !== undefined && isAlike(planned(before), planned(after)) ? [] : [{ what: 'session', before, after }];
}

const planned = ({ day, start, end, room, audience }: KnownSession) => [
  day,
  start,
  end,
  room ?? null,
  audience === undefined ? null : [...audience].sort(),
];

const isAlike = (was: readonly unknown[], is: readonly unknown[]): boolean =>
  was.every((part, at) => {
    const other = is[at];
    return isText(part) && isText(other) ? isSaidAlike(part, other) : JSON.stringify(part) === JSON.stringify(other);
  });

const isText = (part: unknown): part is LocalText => typeof part === 'object' && part !== null && !Array.isArray(part);

/** Whether words are the same where both are written: an event may have a language more, or one less. */
export const isSaidAlike = (was: LocalText, is: LocalText): boolean =>
  Object.entries(was).every(([language, words]) => (is[language] ?? words) === words);

type Holder = Pick<Attendee, 'status' | 'mode' | 'days' | 'sessions' | 'category' | 'closedSessions'>;

/**
 * What of it an attendee has to be told: the place, if they come to it; the hours of a day that is theirs; a session that they signed up
 * for, or that is closed and open to them. Of a session that has been closed to them, they learn that it is theirs no more.
 *
 * @param holder as the event takes place: see `asHeld`
 */
export function changesFor(changes: readonly ProgrammeChange[], holder: Holder): readonly ProgrammeChange[] {
  if (!isLive(holder)) return [];
  return changes.flatMap((change): ProgrammeChange[] => {
    if (change.what === 'venue') return holder.mode === 'in-person' ? [change] : [];
    if (change.what === 'day') return holder.days.includes(change.before.id) ? [change] : [];
    const before = change.before && isOwn(change.before, holder) ? change.before : undefined;
    const after = change.after && isOwn(change.after, holder) ? change.after : undefined;
    if (before === undefined) return after === undefined ? [] : [{ what: 'session', after }];
    return after !== undefined && !isSeen(before, after, holder) ? [] : [{ what: 'session', before, after }];
  });
}

const isOwn = ({ id, audience }: KnownSession, holder: Holder): boolean =>
  audience === undefined ? holder.sessions.includes(id) : isAdmitted(holder, audience);

/** An attendee online goes to no room, and whom a closed session is for is seen by nobody who attends it. */
function isSeen(before: KnownSession, after: KnownSession, { mode }: Holder): boolean {
  const seen = ({ day, start, end, room }: KnownSession) => [
    day,
    start,
    end,
    mode === 'online' ? null : (room ?? null),
  ];
  return !isAlike(seen(before), seen(after));
}

/** As people know it once they were told what is now: also what does not take place any more, in case it is taken up again. */
export const onceTold = (told: KnownProgramme, now: KnownProgramme): KnownProgramme => ({
  ...now,
  sessions: [
    ...now.sessions,
    ...told.sessions
      .filter(({ id }) => !now.sessions.some((each) => each.id === id))
      .map((session) => ({ ...session, gone: true }) as const),
  ],
});
