import { asReadBy } from '../../event/answer-readers.ts';
import { PRESENCES, REGISTRATION_STATUSES } from '../../event/attendee.ts';
import type { Asking } from '../../event/questions.ts';
import { placesNamed } from '../../kernel/text/countries.ts';
import { dayTyped } from '../../kernel/text/zoned-time.ts';
import type { RoleGrant } from '../../team/role/organiser-role.schema.ts';
import { holdsAny } from '../../team/role/organiser-role.ts';
import { listedQuestions } from '../people/person.ts';
import { ROLES } from '../registration.ts';
import type { View } from './views.schema.ts';

/** Views that the team of one event saves. */
export const MOST_VIEWS = 50;

/** Letters of a view's name, as a reader counts them. */
export const LONGEST_VIEW_NAME = 60;

/** Characters of what a view shows, as JSON: a list reads all views at once. */
export const LONGEST_VIEW = 2_000;

/**
 * What a list is filtered by, sorted by and shows, as it stands in its address; no order and no columns for the usual ones. No search word is
 * in it: it would be kept for long, and name people.
 */
export type ViewShows = View['shown'];

/** What a filter by a field names: values of a list, or bounds of numbers or days. What is typed freely is never saved. */
type Takes = 'text' | 'number' | 'day' | readonly string[];

/** What of an event says which fields its list has: of the whole definition, and of what is public. */
export interface ListedEvent extends Asking {
  readonly categories: readonly WithId[];
  readonly modes: readonly WithId[];
  readonly days: readonly WithId[];
  readonly sessions: readonly (WithId & { readonly audience?: readonly string[] | undefined })[];
  readonly quotas: readonly WithId[];
  readonly languages: readonly string[];
}

interface WithId {
  readonly id: string;
}

const YES = ['yes'];

/** Fields that are the same in each event. */
const ALWAYS: Readonly<Record<string, Takes>> = {
  ...{
    name: 'text',
    reference: 'text',
    honorific: 'text',
    badgeName: 'text',
    nativeName: 'text',
    organisation: 'text',
  },
  role: ROLES,
  // Minors are in no list.
  status: [...REGISTRATION_STATUSES.filter((status) => status !== 'pending-guardian'), 'overdue', 'unreached'],
  ...{ submittedAt: 'day', changedAt: 'day', pendingSince: 'day', waitingSince: 'day' },
  ...{ meanwhile: YES, closedSessions: YES, unproven: YES, walkIn: YES, delegation: YES, optedOut: YES, lapsed: YES },
  mail: ['bounced', 'refused', 'complained'],
  attendance: PRESENCES,
  'came-event': 'day',
};

/** Of a type of question that lists go by: what is neither a text nor a number is chosen. */
const ANSWERS: Readonly<Partial<Record<Asking['questions'][number]['type'], Takes>>> = {
  ...{ number: 'number', date: 'day', organisation: 'text', 'yes-no': ['true', 'false'] },
};

/**
 * What a member may find in a view, by the id of the field.
 *
 * @param tags ids of those that the event has
 * @returns nothing of a field that the event has not, or that is for others of the team
 */
export function viewFields(
  event: ListedEvent,
  grants: readonly RoleGrant[],
  tags: readonly string[],
): (field: string) => Takes | undefined {
  const ids = (of: readonly WithId[]): readonly string[] => of.map(({ id }) => id);
  const places = placesNamed(event.countries);
  const days = ids(event.days);
  const sessions = ids(event.sessions.filter(({ audience }) => audience === undefined));
  const read = asReadBy(grants, event);
  const answers = listedQuestions(read).map((id): [string, Takes] => {
    const { type, options } = read.questions.find((each) => each.id === id) ?? {};
    const own = type === 'country' ? places : (options?.map((option) => option.id) ?? []);
    return [`answer-${id}`, (type && ANSWERS[type]) ?? own];
  });
  const known = new Map<string, Takes>([
    ...Object.entries(ALWAYS),
    ...Object.entries({
      country: places,
      category: ids(event.categories),
      tags,
      mode: ids(event.modes),
      days,
      sessions,
    }),
    ...Object.entries({ seats: ids(event.quotas), waitsFor: ids(event.quotas), language: event.languages }),
    ...answers,
    ...days.flatMap((id): [string, Takes][] => [
      [`attendance-day-${id}`, PRESENCES],
      [`came-day-${id}`, 'day'],
    ]),
    ...sessions.flatMap((id): [string, Takes][] => [
      [`attendance-session-${id}`, PRESENCES],
      [`came-session-${id}`, 'day'],
    ]),
  ]);
  // Which other lists of check-in and closed sessions there are is for those who run it; that the field is none, a list says itself.
  const seesLists = holdsAny(grants, ['run-check-in']);
  return (field) => known.get(field) ?? (seesLists ? OF_CHECK_IN.find(([ids]) => ids.test(field))?.[1] : undefined);
}

const OF_CHECK_IN: readonly (readonly [RegExp, Takes])[] = [
  [/^attendance-session-[a-z0-9-]{1,60}$/, PRESENCES],
  [/^came-[a-z0-9-]{1,60}$/, 'day'],
];

const isValue = (takes: Takes, value: string): boolean => {
  if (takes === 'text') return false;
  return typeof takes === 'string' ? boundsWritten(takes, value) !== undefined : takes.includes(value);
};

/**
 * What of a view a member may find in it.
 *
 * @returns also how many parts are left out: fields and values that they may not see, that the event has not, or that are typed freely
 */
export function withinView(
  { filters, sort, columns }: ViewShows,
  fields: ReturnType<typeof viewFields>,
): { readonly shown: ViewShows; readonly leftOut: number } {
  const kept = filters.flatMap(({ field, isNot, values }) => {
    const takes = fields(field);
    const own = takes === undefined ? [] : values.filter((value) => isValue(takes, value));
    return own.length === 0 ? [] : [{ field, isNot, values: own }];
  });
  const isSorted = sort === undefined || fields(sort.replace(/^-/, '')) !== undefined;
  const shownColumns = columns.filter((each) => fields(each) !== undefined);
  const parts = (of: ViewShows['filters']): number => of.reduce((sum, { values }) => sum + values.length, 0);
  return {
    shown: { filters: kept, ...(sort !== undefined && isSorted && { sort }), columns: shownColumns },
    leftOut: parts(filters) - parts(kept) + Number(!isSorted) + columns.length - shownColumns.length,
  };
}

const BOUNDS = {
  number: /^(-?\d{1,15}(?:\.\d{1,9})?)?(?:(\.\.)(-?\d{1,15}(?:\.\d{1,9})?)?)?$/,
  day: /^(\d{4}-\d{2}-\d{2})?(?:(\.\.)(\d{4}-\d{2}-\d{2})?)?$/,
};

/** Of a filter by numbers or days, which is written `from..to`. @returns nothing where they are none */
export function boundsWritten(
  kind: keyof typeof BOUNDS,
  value: string,
): { readonly from: string | undefined; readonly to: string | undefined } | undefined {
  const found = BOUNDS[kind].exec(value);
  if (found === null) return undefined;
  const [, from, dots, to] = found;
  if (from === undefined && to === undefined) return undefined;
  if (kind !== 'number' && [from, to].some((day) => day !== undefined && dayTyped(day) === undefined)) return undefined;
  return { from, to: dots === undefined ? from : to };
}
