import type { Attendance } from '../checkin/attendance/arrivals.ts';
import { isLive } from '../event/attendee.ts';
import type { CertificateRule, EventDefinition, Session } from '../event/event.ts';
import { isCalledOff } from '../event/event-standing.ts';
import { eventEnd } from '../event/event-times.ts';
import { type DefinitionProblem, unfit } from '../kernel/text/field-problem.ts';
import type { Registration } from '../registration/registration.schema.ts';

type Programme = Pick<EventDefinition<unknown>, 'days' | 'sessions'>;

/**
 * Whether a person's attendance meets a rule. Of nobody is asked what no door can tell: days and sessions at which neither they nor anybody
 * else was scanned do not count against them. An attendee who came nowhere gets nothing, and one who came anywhere was there on one day.
 */
export function earnsCertificate(rule: CertificateRule, event: Programme, attendance: Attendance): boolean {
  if (!attendance.lists.some(({ id }) => attendance.came[id] !== undefined)) return false;
  const { came, needed } = standingUnder(rule, event, attendance);
  return came >= needed;
}

/** What an attendee came to, beside what there was and what a rule asks for: it tells them why there is no certificate for them. */
interface Standing {
  readonly came: number;
  readonly needed: number;
}

/** 28 % of 25 are 7 and not, as binary fractions have it, a little more. */
const ROUNDING = 1e-9;

/** In days or in sessions, as the rule counts. */
export function standingUnder(rule: CertificateRule, event: Programme, attendance: Attendance): Standing {
  const { came, scanned } = attendance;
  const cameTo = (list: string): boolean => came[list] !== undefined;
  const isTold = (list: string): boolean => cameTo(list) || scanned.has(list);
  if (rule.kind === 'days') {
    const isThere = attendance.lists.some(({ id }) => cameTo(id));
    return {
      came: isThere ? Math.max(1, daysAt(event, attendance, cameTo).size) : 0,
      needed: Math.min(rule.least, Math.max(1, daysAt(event, attendance, isTold).size)),
    };
  }
  const most = mostOneCanAttend(event, sessionsAt(event, attendance, isTold));
  return { came: sessionsAt(event, attendance, cameTo).length, needed: Math.ceil(most * rule.leastShare - ROUNDING) };
}

/** Days of which a list of the day, or of a session on it, is one of those meant. */
function daysAt(event: Programme, { lists }: Attendance, isMeant: (list: string) => boolean): ReadonlySet<string> {
  const days = lists
    .filter(({ id }) => isMeant(id))
    .map(({ place }) => {
      if (place.kind === 'day') return place.day;
      return place.kind === 'session' ? event.sessions.find(({ id }) => id === place.session)?.day : undefined;
    });
  return new Set(event.days.map(({ id }) => id).filter((day) => days.includes(day)));
}

function sessionsAt(
  { sessions }: Programme,
  { lists }: Attendance,
  isMeant: (list: string) => boolean,
): readonly Session<unknown>[] {
  return sessions.filter(({ id }) =>
    lists.some((list) => list.place.kind === 'session' && list.place.session === id && isMeant(list.id)),
  );
}

/**
 * How many sessions an attendee can be at, of whom nothing is known: sessions at the same time are one, and closed ones none.
 * Taking the session that ends first, again and again, finds the most that do not overlap.
 */
function mostOneCanAttend({ days }: Programme, sessions: readonly Session<unknown>[]): number {
  return days.reduce((sum, { id }) => {
    const open = sessions
      .filter((session) => session.day === id && session.audience === undefined)
      .sort((a, b) => (a.end < b.end ? -1 : 1));
    let [count, free] = [0, ''];
    for (const { start, end } of open) {
      if (start < free) continue;
      [count, free] = [count + 1, end];
    }
    return sum + count;
  }, 0);
}

/** What is wrong with a rule that nobody could meet, beyond what a schema sees. */
export function certificateProblems({
  certificate,
  days,
  sessions,
}: Programme & Pick<EventDefinition<unknown>, 'certificate'>): DefinitionProblem[] {
  if (certificate?.kind === 'days' && certificate.least > days.length) {
    return [{ path: ['certificate', 'least'], message: `the event has ${days.length} days` }];
  }
  if (certificate?.kind === 'sessions' && !sessions.some(({ audience }) => audience === undefined)) {
    return [{ path: ['certificate', 'kind'], unfit: unfit('no-open-session') }];
  }
  return [];
}

type Certified = Pick<Registration, 'status' | 'certificate'>;

/**
 * `none`: the event gives no certificates. `ended`: nobody comes with this registration. `not-yet`: the event is not over. `given`: to
 * attendees who came enough.
 */
type Offer = 'none' | 'ended' | 'revoked' | 'not-yet' | 'given';

/** How it stands with a certificate before anything is known of where an attendee came. */
export function offerOf(event: EventDefinition<unknown>, registration: Certified, now: Date): Offer {
  if (event.certificate === undefined || event.status === 'cancelled') return 'none';
  if (!isLive(registration) || registration.status === 'pending-guardian') return 'ended';
  if (registration.certificate?.revoked) return 'revoked';
  // What others are scanned for counts too: before the end, nobody knows what there will have been to come to.
  return isCalledOff(event) || now < eventEnd(event) ? 'not-yet' : 'given';
}

/** How it stands with a certificate, for the page of the attendee. */
export type CertificateStatus =
  | { readonly kind: Exclude<Offer, 'given'> | 'earned' }
  /** In days or in sessions, as the event's rule counts. */
  | ({ readonly kind: 'not-earned'; readonly counts: 'days' | 'sessions' } & Standing);

/** @param attendance of an attendee to whom a certificate is `given`, if they came enough */
export function certificateStatusOf(
  { certificate, ...event }: EventDefinition<unknown>,
  attendance: Attendance,
): CertificateStatus {
  if (certificate === undefined) return { kind: 'none' };
  if (earnsCertificate(certificate, event, attendance)) return { kind: 'earned' };
  return { kind: 'not-earned', counts: certificate.kind, ...standingUnder(certificate, event, attendance) };
}
