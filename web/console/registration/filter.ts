import { REGISTRATION_STATUSES } from '../../../shared/event/attendee.ts';
import type { PublicEvent } from '../desk.ts';
import type { QueryOf } from '../kernel/api.ts';
import { categoryName, countryText, titleIn } from '../names.ts';
import { t } from '../words.ts';

const NAMES = ['q', 'status', 'category', 'mode', 'country'] as const;

/** As it stands in the address; what is not filtered by is empty. */
export type RegistrationFilter = Readonly<Record<(typeof NAMES)[number], string>>;

/** Stands among the statuses: who waits for a decision longer than they were told. */
export const OVERDUE = 'overdue';

/** Stands there too: whom no mail reaches. */
export const UNREACHED = 'unreached';

type Query = Omit<NonNullable<QueryOf<'GET /api/organiser/events/{eventId}/registrations.csv'>>, 'lang'>;

export const filterIn = (query: URLSearchParams): RegistrationFilter =>
  Object.fromEntries(NAMES.map((name) => [name, query.get(name) ?? ''])) as RegistrationFilter;

export const isFiltered = (filter: RegistrationFilter): boolean => NAMES.some((name) => filter[name] !== '');

/** What the API is asked for, of the list and of an export alike; what is none of its values is left out. */
export function queryOf({ q, status, category, mode, country }: RegistrationFilter): Query {
  return {
    q: q || undefined,
    status: REGISTRATION_STATUSES.find((each) => each === status),
    overdue: status === OVERDUE ? 'true' : undefined,
    unreached: status === UNREACHED ? 'true' : undefined,
    category: category || undefined,
    mode: (['in-person', 'online'] as const).find((each) => each === mode),
    country: country || undefined,
  };
}

/** In words, for what is printed. */
export function filterText(event: PublicEvent, filter: RegistrationFilter): string {
  const { status, mode, overdue, unreached } = queryOf(filter);
  return [
    status && t(`status.${status}`),
    overdue && t('registrations.overdue'),
    unreached && t('registrations.unreached'),
    filter.category && categoryName(event, filter.category),
    mode && titleIn(event.modes, mode),
    filter.country && countryText(event, filter.country),
    filter.q && `“${filter.q}”`,
  ]
    .filter(Boolean)
    .join(', ');
}
