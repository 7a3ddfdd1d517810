import type { Attendee } from './attendee.ts';
import type { EventDefinition, Session } from './event.ts';

type Programme<Text> = Pick<EventDefinition<Text>, 'sessions'>;
type Holder = Pick<Attendee, 'status' | 'category' | 'closedSessions'>;

/** The sessions that anyone may know of. */
export const openSessions = <Text>({ sessions }: Programme<Text>): readonly Session<Text>[] =>
  sessions.filter(({ audience }) => audience === undefined);

/** Categories for which there is a closed session; which ones there are is told to nobody who was not let in. */
export const categoriesWithClosedSessions = ({
  categories,
  sessions,
}: Pick<EventDefinition<unknown>, 'categories' | 'sessions'>): string[] =>
  categories.filter(({ id }) => sessions.some(({ audience }) => audience?.includes(id))).map(({ id }) => id);

/** The sessions that are chosen in the form. */
export const signUpSessions = <Text>(event: Programme<Text>): readonly Session<Text>[] =>
  openSessions(event).filter(({ signUp }) => signUp);

type Timed = Pick<Session<unknown>, 'day' | 'start' | 'end' | 'mayOverlap'>;

const areAtOnce = (a: Timed, b: Timed): boolean => a.day === b.day && a.start < b.end && b.start < a.end;

/** Whether nobody can be at both: of these an attendee has one, unless people come and go in either. */
export const areExclusive = (a: Timed, b: Timed): boolean => !(a.mayOverlap || b.mayOverlap) && areAtOnce(a, b);

/** Each two to which something applies, in the order of the sessions. */
const pairsWhere = <Each extends Timed>(all: readonly Each[], applies: (a: Each, b: Each) => boolean) =>
  all.flatMap((one, index) =>
    all.slice(index + 1).flatMap((other) => (applies(one, other) ? [[one, other] as const] : [])),
  );

/** Each two of which nobody can be at both. */
export const exclusivePairs = <Each extends Timed>(all: readonly Each[]) => pairsWhere(all, areExclusive);

/** Each two that take the same room at the same time, which is hardly ever meant. @param roomOf its name, empty without one */
export const pairsInOneRoom = <Each extends Timed>(all: readonly Each[], roomOf: (session: Each) => string) =>
  pairsWhere(all, (a, b) => areAtOnce(a, b) && roomOf(a) !== '' && roomOf(a) === roomOf(b));

/** The first two sessions of which nobody can be at both; those that someone has already are left to them. */
export const sessionsAtOnce = <Text>(chosen: readonly Session<Text>[], had: readonly string[] = []) =>
  exclusivePairs(chosen).find((pair) => !pair.every(({ id }) => had.includes(id)));

/**
 * The sessions that a registration's holder may know of. A closed one is for those who were approved after they
 * had asked for it, if their group is its audience; an attendee who loses their place loses sight of it too.
 */
export const sessionsFor = <Text>(event: Programme<Text>, holder: Holder): readonly Session<Text>[] =>
  event.sessions.filter(({ audience }) => audience === undefined || isAdmitted(holder, audience));

/** The part of the programme that is a holder's own: what they signed up for, and closed sessions that they may attend. */
export const ownSessions = <Text>(
  event: Programme<Text>,
  holder: Holder & Pick<Attendee, 'sessions'>,
): readonly Session<Text>[] =>
  sessionsFor(event, holder).filter(({ id, audience }) => audience !== undefined || holder.sessions.includes(id));

/** Whether a closed session for these groups is open to an attendee. */
export const isAdmitted = ({ status, category, closedSessions }: Holder, audience: readonly string[]): boolean =>
  status === 'confirmed' && closedSessions && audience.includes(category);
