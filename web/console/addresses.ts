import { CONSOLE_PATH } from '../../shared/contract/console-page.ts';

/** The pages of one event. */
export const PAGES = ['', 'registrations', 'add', 'seats', 'programme', 'codes', 'people'] as const;
export type PageName = (typeof PAGES)[number];

/** @example pageOf('forum', 'registrations', { status: 'pending-approval' }) */
export function pageOf(
  eventId: string,
  page: PageName,
  query: Readonly<Record<string, string | undefined>> = {},
): string {
  const given = Object.entries(query).filter((each): each is [string, string] => (each[1] ?? '') !== '');
  const search = new URLSearchParams(given).toString();
  return `${CONSOLE_PATH}e/${eventId}${page && `/${page}`}${search && `?${search}`}`;
}

export const registrationPage = (eventId: string, reference: string): string =>
  `${pageOf(eventId, 'registrations')}/${reference}`;

export interface Address {
  readonly eventId: string;
  readonly page: PageName;
  /** Of one registration. */
  readonly reference?: string | undefined;
}

/** What an address means; nothing where it means none of the pages of an event. */
export function readAddress(path: string): Address | undefined {
  const [place, eventId = '', page = '', reference, ...rest] = path.slice(CONSOLE_PATH.length).split('/');
  const known = PAGES.find((each) => each === page);
  const isOne = reference === undefined || page === 'registrations';
  if (place !== 'e' || eventId === '' || known === undefined || !isOne || rest.length > 0) return undefined;
  return { eventId, page: known, reference };
}
