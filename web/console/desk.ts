import { createContext } from 'preact';
import { useContext, useEffect, useState } from 'preact/hooks';
import { lastDay } from '../../shared/event/event-times.ts';
import type { Tick } from '../../shared/kernel/route.ts';
import type { RoleGrant } from '../../shared/team/role/organiser-role.schema.ts';
import { holdsAny, holdsForAll, isVetted, maySeeMinors } from '../../shared/team/role/organiser-role.ts';
import type { AnswerOf, Api, RequestOf, RouteKey } from './kernel/api.ts';
import { type Loading, useAction, useLoaded } from './kernel/parts/request.ts';
import type { AttendanceMemory, ListedAttendance } from './registration/attendance.ts';
import type { People, PeopleMemory } from './registration/people.ts';

export type PublicEvent = AnswerOf<'GET /api/events/{eventId}'>;

/** `warn` where a press did not do what was wanted. */
type ResultKind = 'ok' | 'warn';

export interface Result {
  readonly words: string;
  readonly kind: ResultKind;
}

/** What every screen of one event works with. */
export interface Desk {
  readonly api: Api;
  /** Epoch milliseconds, by the clock of this machine. */
  readonly now: () => number;
  readonly event: PublicEvent;
  /** Of the member who is signed in. */
  readonly grants: readonly RoleGrant[];
  /** Says what came of a press, to eyes and ears; it stays until the next press, or the next page. */
  readonly tell: (result: string, kind?: ResultKind) => void;
  /** Takes back what was told. */
  readonly untell: () => void;
  /** Says why records of people under 18 are looked at, until someone signs in anew. */
  readonly sayWhy: (why: string) => void;
  readonly onSignedOut: () => void;
  /** Reads the event anew, which was changed. */
  readonly readEvent: () => Promise<void>;
  readonly people: PeopleMemory;
  readonly attendance: AttendanceMemory;
}

export const DeskContext = createContext<Desk | undefined>(undefined);

export function useDesk(): Desk {
  const desk = useContext(DeskContext);
  if (desk === undefined) throw new Error('a screen outside of an event');
  return desk;
}

export const useHas = (...ticks: Tick[]): boolean => holdsAny(useDesk().grants, ticks);

/** Whether the member sees the minors of an event that takes them. */
export function useSeesMinors(): boolean {
  const { grants, event } = useDesk();
  return event.minors !== undefined && maySeeMinors(grants, lastDay(event));
}

/** Of whom alone lists and numbers are, for a member who does not see every adult. */
export function useCounted(): 'reached' | undefined {
  const { grants } = useDesk();
  return holdsForAll(grants, ['see-people']) ? undefined : 'reached';
}

/** Whether the member was vetted until the event's end, by one of these ticks: without it, none opens what concerns children. */
export function useIsVetted(...ticks: Tick[]): boolean {
  const { grants, event } = useDesk();
  return isVetted(grants, ticks, lastDay(event));
}

/** `useLoaded` and `useAction` for the member who is signed in to this event. */
export function useRead<T>(key: string, load: (left: AbortSignal) => Promise<T>, known?: T): Loading<T> {
  return useLoaded(key, load, useDesk().onSignedOut, known);
}

/** Routes that are asked for no more than which event. */
type EventRoute = Extract<
  { [Key in RouteKey]: { readonly eventId: string } extends RequestOf<Key>['params'] ? Key : never }[RouteKey],
  `GET ${string}`
>;

/** What a route says of this event. */
export function useEventRead<Key extends EventRoute>(route: Key): Loading<AnswerOf<Key>> {
  const { api, event } = useDesk();
  return useRead(event.id, () => api(route, { params: { eventId: event.id } } as RequestOf<Key>));
}

export function useAct() {
  const { onSignedOut, untell } = useDesk();
  return useAction(onSignedOut, untell);
}

const SECOND = 1000;

/** Whole seconds, and none below zero. @param until epoch milliseconds, by this machine's clock */
export function useSecondsTo(until: number): number {
  const { now: clock } = useDesk();
  const [now, setNow] = useState(clock);
  useEffect(() => {
    const timer = setInterval(() => setNow(clock()), SECOND);
    return () => clearInterval(timer);
  }, []);
  return Math.max(0, Math.ceil((until - now) / SECOND));
}

/** The people of the event, loaded and followed while the page that asks is shown. */
export function usePeople(): People {
  const { people } = useDesk();
  const [shown, setShown] = useState(people.now);
  useEffect(() => {
    setShown(people.now());
    const unwatch = people.watch(() => setShown(people.now()));
    const end = people.need();
    return () => {
      end();
      unwatch();
    };
  }, [people]);
  return shown;
}

/** Where they came: loaded and followed while it is asked for, and otherwise as far as it is known. */
export function useAttendance(isAsked: boolean): ListedAttendance {
  const { attendance } = useDesk();
  const [shown, setShown] = useState(attendance.now);
  useEffect(() => {
    setShown(attendance.now());
    return attendance.watch(() => setShown(attendance.now()));
  }, [attendance]);
  useEffect(() => (isAsked ? attendance.need() : undefined), [attendance, isAsked]);
  return shown;
}
