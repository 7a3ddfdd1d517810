import type { ComponentChildren } from 'preact';
import { instantOf } from '../../../shared/kernel/text/zoned-time.ts';
import { comparable, textMatcher } from '../../../shared/registration/list/search.ts';
import { boundsWritten } from '../../../shared/registration/views/views.ts';
import type { PageQuery } from '../addresses.ts';
import type { PublicEvent } from '../desk.ts';
import { t } from '../words.ts';
import type { KnownPerson } from './people.ts';

/** Something that the list can show, filter by and sort by: one entry here is all that it takes. */
export interface PeopleField {
  /** As it stands in the address. */
  readonly id: string;
  readonly title: string;
  /**
   * What it is filtered by: values to choose from, a text that is typed whole, or two bounds of numbers, days (`2027-11-02`) or instants (ISO
   * 8601, whose bounds are days of the event's time zone).
   */
  readonly kind: 'choice' | 'text' | 'number' | 'date' | 'instant';
  /** What a person has of it. */
  readonly valuesOf: (person: KnownPerson) => readonly string[];
  /** The same where nobody has more than one, without a list for each of tens of thousands; nothing or empty where they have none. */
  readonly singleOf?: (person: KnownPerson) => string | undefined;
  /** A value as people read it; itself where absent. */
  readonly nameOf?: (value: string) => string;
  /** Values that are offered also where nobody has them. */
  readonly choices?: readonly string[];
  /** A cell of the table, where it is more than the names of the values. */
  readonly Cell?: (props: { readonly person: KnownPerson }) => ComponentChildren;
  /** Shown before anyone chose columns. */
  readonly isUsual?: true;
  /** What it is sorted by, where that is known beforehand: most people have another value. */
  readonly sortedBy?: (person: KnownPerson) => string | undefined;
  /** In order of the choices, and not by their names. */
  readonly isInOrderOfChoices?: true;
  /** Of attendance alone, which is loaded once it is asked for: whether it is there. */
  readonly isLoaded?: boolean;
}

/** Of what nobody has more than one. */
export const single = (singleOf: NonNullable<PeopleField['singleOf']>): Pick<PeopleField, 'singleOf' | 'valuesOf'> => ({
  singleOf,
  valuesOf: (person) => [singleOf(person) ?? ''].filter(Boolean),
});

/** Who is wanted by one field: who has one of the values, or none of them. */
export interface FieldFilter {
  readonly field: string;
  readonly isNot: boolean;
  /** Bounds are written `from..to`, where one may be left out. */
  readonly values: readonly string[];
}

/** What the list shows: all of it stands in the address. */
export interface ListState {
  readonly q: string;
  readonly filters: readonly FieldFilter[];
  /** Id of a field; with `-` before it from the last to the first. */
  readonly sort: string;
  /** Ids of fields; none for the usual ones. */
  readonly columns: readonly string[];
  /** From 1. */
  readonly page: number;
}

/** The newest first. */
export const USUAL_ORDER = '-submittedAt';
const NOT = 'not-';
/** Values of a filter: each country that there is can be one of them. */
const MOST_VALUES = 300;

/**
 * @param people of whom some may have what the event does not offer any more, such as a group that was dropped
 * @returns also what of the address means nothing in this event, which is left out
 */
export function stateIn(
  query: URLSearchParams,
  fields: readonly PeopleField[],
  people: readonly KnownPerson[] = [],
): { readonly state: ListState; readonly unknown: readonly string[] } {
  const byId = new Map(fields.map((field) => [field.id, field]));
  const unknown: string[] = [];
  const filters: FieldFilter[] = [];
  for (const name of new Set(query.keys())) {
    if (OWN.includes(name)) continue;
    const isNot = name.startsWith(NOT);
    const field = byId.get(isNot ? name.slice(NOT.length) : name);
    if (field === undefined) unknown.push(name);
    else {
      const sent = [...new Set(query.getAll(name))];
      const isUnlisted = sent.some((value) => !isMeant(field, value)) && field.kind === 'choice';
      const had = new Set(isUnlisted ? people.flatMap(field.valuesOf) : []);
      const values = sent.filter((value) => isMeant(field, value) || had.has(value)).slice(0, MOST_VALUES);
      const isTaken = new Set(values);
      unknown.push(...sent.filter((value) => !isTaken.has(value)).map((value) => `${field.title}: ${value}`));
      if (values.length > 0) filters.push({ field: field.id, isNot, values });
    }
  }
  const sort = query.get('sort') ?? USUAL_ORDER;
  const isOrder = byId.has(sort.replace(/^-/, ''));
  if (!isOrder) unknown.push(sort);
  const columns = (query.get('columns') ?? '').split(' ').filter(Boolean);
  unknown.push(...columns.filter((id) => !byId.has(id)));
  const page = Number(query.get('page') ?? 1);
  return {
    state: {
      q: (query.get('q') ?? '').slice(0, LONGEST_SEARCH),
      filters,
      sort: isOrder ? sort : USUAL_ORDER,
      columns: [...new Set(columns)].filter((id) => byId.has(id)),
      page: Number.isSafeInteger(page) && page > 0 ? page : 1,
    },
    unknown,
  };
}

/** Ids of fields that an address names, in this event or another. */
export const fieldsNamed = (query: URLSearchParams): readonly string[] => [
  ...[...query.keys()].filter((name) => !OWN.includes(name)).map((name) => name.replace(/^not-/, '')),
  (query.get('sort') ?? '').replace(/^-/, ''),
  ...(query.get('columns') ?? '').split(' '),
];

/** Names in the address that are no field's; a list of the first release had a place in a list of the server's. */
const OWN: readonly string[] = ['q', 'sort', 'columns', 'page', 'cursor', 'lang'];

/** Letters. */
export const LONGEST_SEARCH = 200;

/** Countries and languages that nobody has are none of a list; where a definition names all there are, others mean nothing. */
const isMeant = ({ kind, choices }: PeopleField, value: string): boolean => {
  if (value === '') return false;
  if (kind === 'choice') return choices === undefined || choices.includes(value);
  return kind === 'text' || boundsOf(kind, value) !== undefined;
};

/** @returns nothing where they are none */
export const boundsOf = (kind: PeopleField['kind'], value: string): ReturnType<typeof boundsWritten> =>
  boundsWritten(kind === 'number' ? 'number' : 'day', value);

export const queryOf = ({ q, filters, sort, columns, page }: ListState): PageQuery => ({
  q,
  ...Object.fromEntries(filters.map(({ field, isNot, values }) => [isNot ? NOT + field : field, values])),
  sort: sort === USUAL_ORDER ? '' : sort,
  columns: columns.join(' '),
  page: page === 1 ? '' : String(page),
});

export const isFiltered = ({ q, filters }: ListState): boolean => q !== '' || filters.length > 0;

/** Whether someone is wanted. */
export function matcher(
  { q, filters }: ListState,
  fields: readonly PeopleField[],
  event: PublicEvent,
): (person: KnownPerson) => boolean {
  const isNamed = textMatcher(q);
  const tests = filters.flatMap((filter) => {
    const field = fields.find(({ id }) => id === filter.field);
    return field === undefined ? [] : [fieldTest(field, filter, event)];
  });
  if (q !== '') tests.push((person) => isNamed(person.searched));
  const [only] = tests;
  return only && tests.length === 1 ? only : (person) => tests.every((test) => test(person));
}

function fieldTest(
  { kind, singleOf, valuesOf }: PeopleField,
  { isNot, values }: FieldFilter,
  event: PublicEvent,
): (person: KnownPerson) => boolean {
  const has = valueTest(kind, values, event);
  if (singleOf === undefined) return (person) => valuesOf(person).some(has) !== isNot;
  return (person) => {
    const value = singleOf(person) ?? '';
    return (value !== '' && has(value)) !== isNot;
  };
}

function valueTest(
  kind: PeopleField['kind'],
  values: readonly string[],
  event: PublicEvent,
): (value: string) => boolean {
  if (kind === 'choice') {
    const wanted = new Set(values);
    return (value) => wanted.has(value);
  }
  if (kind === 'text') {
    const wanted = new Set(values.map(comparable));
    return (value) => wanted.has(comparable(value));
  }
  const ranges = values.flatMap((value) => boundsOf(kind, value) ?? []);
  if (kind === 'number') {
    return (value) =>
      ranges.some(
        ({ from, to }) =>
          (from === undefined || Number(value) >= Number(from)) && (to === undefined || Number(value) <= Number(to)),
      );
  }
  const limits = ranges.map(({ from, to }) =>
    kind === 'date'
      ? { from, before: to && `${to}~` }
      : { from: from && begin(from, event), before: to && end(to, event) },
  );
  return (value) => {
    // Of an instant whose minutes are not kept, the day alone is known.
    const at = kind === 'instant' && value.length === 'YYYY-MM-DD'.length ? begin(value, event) : value;
    return limits.some(
      ({ from, before }) => (from === undefined || at >= from) && (before === undefined || at < before),
    );
  };
}

const begin = (day: string, { timeZone }: PublicEvent): string => instantOf(day, '00:00', timeZone).toISOString();
const DAY = 86_400_000;
const end = (day: string, event: PublicEvent): string =>
  begin(new Date(Date.parse(day) + DAY).toISOString().slice(0, 10), event);

/** What a list is sorted by that is sorted by names. */
export const BY_NAME = ({ searched }: KnownPerson): string => searched;

/** In order of a field; those who have nothing of it come last, and those who have the same by name. */
export function inOrder(
  people: readonly KnownPerson[],
  sort: string,
  fields: readonly PeopleField[],
): readonly KnownPerson[] {
  const field = fields.find(({ id }) => id === sort.replace(/^-/, ''));
  if (field === undefined) return people;
  const isBackwards = sort.startsWith('-');
  if (field.sortedBy === BY_NAME) return isBackwards ? byName(people).toReversed() : byName(people);
  const { groups, without, lists } = orderBy(people, field);
  const before = lists.get(isBackwards);
  if (before !== undefined) return before;
  const list = (isBackwards ? groups.toReversed() : groups).flat().concat(without);
  lists.set(isBackwards, list);
  return list;
}

/** What was put in order once is not compared again: lists of tens of thousands are turned round, and sorted by what they were before. */
const namesInOrder = new WeakMap<readonly KnownPerson[], readonly KnownPerson[]>();
const orders = new WeakMap<readonly KnownPerson[], WeakMap<PeopleField, Order>>();

function byName(people: readonly KnownPerson[]): readonly KnownPerson[] {
  const known = namesInOrder.get(people);
  if (known !== undefined) return known;
  const named = [...people].sort((a, b) => (a.searched < b.searched ? -1 : 1));
  namesInOrder.set(people, named);
  return named;
}

/** Groups of those who have the same of a field, by name, in the order of what they have; and who has nothing of it. */
interface Order {
  readonly groups: readonly (readonly KnownPerson[])[];
  readonly without: readonly KnownPerson[];
  /** Everyone, from the last group to the first where it is backwards, once that was asked for. */
  readonly lists: Map<boolean, readonly KnownPerson[]>;
}

const ordersOf = (people: readonly KnownPerson[]): WeakMap<PeopleField, Order> => {
  const known = orders.get(people) ?? new WeakMap<PeopleField, Order>();
  orders.set(people, known);
  return known;
};

function orderBy(people: readonly KnownPerson[], field: PeopleField): Order {
  const known = ordersOf(people).get(field);
  if (known !== undefined) return known;
  const steps = ordering(people, field);
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
  }
}

/** People who are gone through before a press is heard again. */
const SLICE = 2_000;

/** Puts people in order, a slice at a time. Each value is compared once, however many people have it. */
function* ordering(people: readonly KnownPerson[], field: PeopleField): Generator<undefined, Order> {
  const { kind, valuesOf, singleOf, sortedBy, nameOf, choices, isInOrderOfChoices } = field;
  const keyOf = (value: string): string | number => {
    if (isInOrderOfChoices) return choices?.indexOf(value) ?? 0;
    if (kind === 'number') return Number(value);
    return sortedBy || kind === 'date' || kind === 'instant' ? value : comparable(nameOf?.(value) ?? value);
  };
  const ofKeys = new Map<string | number, KnownPerson[]>();
  const ofValues = new Map<string, KnownPerson[]>();
  const without: KnownPerson[] = [];
  const take = (person: KnownPerson): void => {
    const value = sortedBy ? sortedBy(person) : singleOf ? singleOf(person) || undefined : valuesOf(person)[0];
    if (value === undefined) {
      without.push(person);
      return;
    }
    let group = ofValues.get(value);
    if (group === undefined) {
      const key = keyOf(value);
      group = ofKeys.get(key) ?? [];
      ofKeys.set(key, group);
      ofValues.set(value, group);
    }
    group.push(person);
  };
  const named = byName(people);
  for (let from = 0; from < named.length; from += SLICE) {
    for (const person of named.slice(from, from + SLICE)) take(person);
    yield undefined;
  }
  const keys = [...ofKeys].sort(([a], [b]) => (a < b ? -1 : 1));
  const order = { groups: keys.map(([, group]) => group), without, lists: new Map() };
  ordersOf(people).set(field, order);
  return order;
}

/** What puts people in order by a field, a slice at a time; nothing where they are, or will be by names. */
export const stepsOfOrder = (people: readonly KnownPerson[], field: PeopleField): Generator | undefined =>
  field.sortedBy === BY_NAME || ordersOf(people).has(field) ? undefined : ordering(people, field);

/** In words, for what is printed and what can be taken away again. */
export function filterText(fields: readonly PeopleField[], { field: id, isNot, values }: FieldFilter): string {
  const field = fields.find((each) => each.id === id);
  if (field === undefined) return '';
  const names = values.map((value) => {
    const bounds = field.kind === 'choice' || field.kind === 'text' ? undefined : boundsOf(field.kind, value);
    if (bounds === undefined) return field.nameOf?.(value) ?? value;
    const { from, to } = bounds;
    if (from === to) return from ?? '';
    if (from === undefined) return t('registrations.upTo', { to: to ?? '' });
    return to === undefined ? t('registrations.since', { from }) : `${from} – ${to}`;
  });
  const text = names.join(` ${t('registrations.or')} `);
  return t(isNot ? 'registrations.isNot' : 'registrations.is', { field: field.title, values: text });
}
