import type { EventDefinition, Session } from './event.ts';
import type { Attendance } from './feedback/attended.ts';

/** Who gets a certificate: who came on so many days, or to such a share of the sessions that one person can go to. */
export type CertificateRule =
  | { readonly kind: 'days'; readonly least: number }
  /** Above 0, up to 1. */
  | { readonly kind: 'sessions'; readonly leastShare: number };

type Programme = Pick<EventDefinition<unknown>, 'days' | 'sessions'>;

/**
 * Whether someone's attendance meets a rule. Of nobody is asked what no door can tell: days and sessions at which neither they nor anybody
 * else was scanned do not count against them. Whoever came nowhere gets nothing, and whoever came anywhere was there on one day.
 */
export function earnsCertificate(rule: CertificateRule, event: Programme, attendance: Attendance): boolean {
  const { came, scanned } = attendance;
  const cameTo = (list: string): boolean => came[list] !== undefined;
  const isTold = (list: string): boolean => cameTo(list) || scanned.has(list);
  if (!attendance.lists.some(({ id }) => cameTo(id))) return false;
  if (rule.kind === 'days') {
    const days = Math.max(1, daysAt(event, attendance, cameTo).size);
    return days >= Math.min(rule.least, Math.max(1, daysAt(event, attendance, isTold).size));
  }
  const most = mostOneCanAttend(event, sessionsAt(event, attendance, isTold));
  return most === 0 || sessionsAt(event, attendance, cameTo).length / most >= rule.leastShare;
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
 * How many sessions somebody can be at, of whom nothing is known: sessions at the same time are one, and closed ones none.
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
