import { useLayoutEffect, useState } from 'preact/hooks';
import { CONSOLE_PATH } from '../../shared/kernel/console-page.ts';

/** The pages of one event. */
export const PAGES = [
  '',
  'registrations',
  'approvals',
  'bulk',
  'tags',
  'children',
  'add',
  'on-behalf',
  'definition',
  'seats',
  'programme',
  'codes',
  'badges',
  'messages',
  'check-in',
  'arrivals',
  'greet',
  'feedback',
  'catering',
  'arrange',
  'reports',
  'people',
  'mail',
  'audit',
  'system',
] as const;
export type PageName = (typeof PAGES)[number];

/** @example pageAddress('forum', 'registrations', { status: 'pending-approval' }) */
export function pageAddress(eventId: string, page: PageName, query: PageQuery = {}): string {
  return `${CONSOLE_PATH}e/${eventId}${page && `/${page}`}${searchOf(query)}`;
}

/** In a query: all events of the member are to be shown, also where there is one alone. It has a value where one was deleted just now. */
export const ALL_EVENTS = 'all';

export const allEventsAddress = (): string => `${CONSOLE_PATH}?${ALL_EVENTS}`;
export const deletedAddress = (): string => `${allEventsAddress()}=deleted`;

/** By name, of which one may have several values; what is empty is left out. */
export type PageQuery = Readonly<Record<string, string | readonly string[] | undefined>>;

function searchOf(query: PageQuery): string {
  const given = Object.entries(query).flatMap(([name, values = []]) =>
    [values].flat().flatMap((value): [string, string][] => (value === '' ? [] : [[name, value]])),
  );
  const search = new URLSearchParams(given).toString();
  return search && `?${search}`;
}

/** Pages that lead on to one page for each thing on them. */
const LISTS: readonly PageName[] = [
  'registrations',
  'bulk',
  'children',
  'programme',
  'definition',
  'messages',
  'check-in',
  'arrivals',
  'feedback',
  'reports',
];

const oneOf = (eventId: string, page: PageName, one: string): string => `${pageAddress(eventId, page)}/${one}`;

/** @param list what was searched for, where it was found: the way back leads there */
export const registrationAddress = (eventId: string, reference: string, list: PageQuery = {}): string =>
  `${oneOf(eventId, 'registrations', reference)}${searchOf(list)}`;

export const bulkAddress = (eventId: string, bulkId: string): string => oneOf(eventId, 'bulk', bulkId);

/** @param reference of someone under 18 */
export const minorAddress = (eventId: string, reference: string): string => oneOf(eventId, 'children', reference);

/** No session has such an id. */
export const NEW_SESSION = '_new';

export const sessionAddress = (eventId: string, sessionId: string): string => oneOf(eventId, 'programme', sessionId);

/** What is about to be published; no part of a definition is called so. */
export const REVIEW = '_review';

/** @param part of the event's definition, or what is about to be published */
export const definitionAddress = (eventId: string, part: string): string => oneOf(eventId, 'definition', part);

/** No message has such an id. */
export const NEW_MESSAGE = '_new';

export const messageAddress = (eventId: string, messageId: string, query: PageQuery = {}): string =>
  `${oneOf(eventId, 'messages', encodeURIComponent(messageId))}${searchOf(query)}`;

/** Pages of check-in that are none of a list: no list has such an id. */
export const NEW_LIST = '_new';
export const NEW_HANDOUT = '_handout';
export const PHONES = '_phones';
export const TO_SEE = '_to-see';

/** @param one the id of a list, or one of the above */
export const checkInAddress = (eventId: string, one: string): string => oneOf(eventId, 'check-in', one);

const PROJECTOR = 'projector';

/** What everyone in the room sees of the board of arrivals, of the same list. */
export const projectorAddress = (eventId: string, board: PageQuery): string =>
  `${oneOf(eventId, 'arrivals', PROJECTOR)}${searchOf(board)}`;

/** Pages of a form beside its own: no form is called anything that begins so. */
export const FOR_ROOM = 'room-';
export const FOR_CHAIR = 'chair-';

/** @param one the id of a form, after one of the above or nothing */
export const feedbackAddress = (eventId: string, one: string): string => oneOf(eventId, 'feedback', one);

export const reportAddress = (eventId: string, reference: string): string => oneOf(eventId, 'reports', reference);

export interface Address {
  readonly eventId: string;
  readonly page: PageName;
  /** Of one registration, child or report its reference, of one bulk change, session, message, check-in list or feedback form its id. */
  readonly one?: string | undefined;
}

/** Whether a screen is for all who are in a room: nothing of the console is around it. */
export const isForRoom = ({ page, one = '' }: Address): boolean =>
  page === 'arrivals' ? one === PROJECTOR : page === 'feedback' && one.startsWith(FOR_ROOM);

/** What an address means; nothing where it means none of the pages of an event. */
export function readAddress(path: string): Address | undefined {
  const [place, eventId = '', page = '', one, ...rest] = path.slice(CONSOLE_PATH.length).split('/');
  const known = PAGES.find((each) => each === page);
  if (place !== 'e' || eventId === '' || known === undefined || rest.length > 0) return undefined;
  if (one !== undefined && !LISTS.includes(known)) return undefined;
  return { eventId, page: known, one: one && decoded(one) };
}

/** Someone may type anything after a `%`. */
function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

/** Where in the console someone is. */
export interface ConsoleLocation {
  readonly path: string;
  readonly query: URLSearchParams;
  /** What no server is sent: names and values, as in a query. */
  readonly fragment: URLSearchParams;
}

const here = (): ConsoleLocation => ({
  path: location.pathname,
  query: new URLSearchParams(location.search),
  fragment: new URLSearchParams(location.hash.slice(1)),
});
const listeners = new Set<() => void>();
const tell = (): void => {
  for (const listener of listeners) listener();
};

/** @param to path and query, and a fragment where there is one */
export function navigate(to: string, { replace = false } = {}): void {
  if (replace) history.replaceState(null, '', to);
  else history.pushState(null, '', to);
  tell();
}

export function usePlace(): ConsoleLocation {
  const [place, setPlace] = useState(here);
  // Before any effect of what is shown: an address may lead on at once, which would be told to nobody yet.
  useLayoutEffect(() => {
    const update = (): void => setPlace(here());
    listeners.add(update);
    window.addEventListener('popstate', update);
    // Of a link that is opened where the console is open already, nothing but the fragment may differ.
    window.addEventListener('hashchange', update);
    document.addEventListener('click', followWithin);
    return () => {
      listeners.delete(update);
      window.removeEventListener('popstate', update);
      window.removeEventListener('hashchange', update);
      document.removeEventListener('click', followWithin);
    };
  }, []);
  return place;
}

/** Plain links to the console's own pages need no request; all others are the browser's. */
function followWithin(event: MouseEvent): void {
  if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey) return;
  const link = event.target instanceof Element ? event.target.closest('a') : null;
  if (link === null || link.target !== '' || link.origin !== location.origin) return;
  if (!link.pathname.startsWith(CONSOLE_PATH) || link.hash !== '') return;
  event.preventDefault();
  navigate(link.pathname + link.search);
  scrollTo(0, 0);
}
