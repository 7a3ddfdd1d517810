import type { QuestionType } from '../../event/event.ts';
import { type Asking, QUESTION_TYPES } from '../../event/questions.ts';
import type { Seat } from '../../seats/seat.schema.ts';
import { questionShown } from '../ask/asked.ts';
import type { Chaperoning, Registration } from '../registration.schema.ts';
import type { PeopleColumns } from './people.schema.ts';

/** What of anyone's registration the index takes over as it is. */
const TAKEN_OF_ANYONE = [
  ...(['reference', 'revision', 'status', 'role'] as const),
  ...(['organisation', 'country', 'category', 'mode', 'days', 'sessions', 'closedSessions', 'language'] as const),
  ...(['unproven', 'optedOut', 'lapsed', 'pendingSince', 'submittedAt', 'changedAt'] as const),
] satisfies readonly (keyof Registration)[];

/** The same of an adult. */
const TAKEN_OVER = [
  ...TAKEN_OF_ANYONE,
  ...(['honorific', 'fullName', 'badgeName', 'nativeName', 'tags'] as const),
] satisfies readonly (keyof Registration)[];

/** What follows from a registration, of anyone. */
interface Standing {
  /** In which quotas they hold a seat, or wait for one. */
  readonly seats: readonly Pick<Seat, 'quota' | 'state'>[];
  /** Since when they wait for a seat, ISO 8601. */
  readonly waitingSince?: string | undefined;
  readonly meanwhile?: 'online' | undefined;
  /** Id of the delegation that they are in. */
  readonly delegation?: string | undefined;
  /** What became of the mail to them, where it did not arrive. */
  readonly mail?: 'bounced' | 'refused' | 'complained' | undefined;
  readonly isWalkIn?: true | undefined;
  /** Of an applicant whom an approver asked something: whether they answered, and since when it is so, ISO 8601. Never what. */
  readonly question?: 'asked' | 'answered' | undefined;
  readonly questionSince?: string | undefined;
}

/** What chunks alone hold of anyone; it is handed out to nobody. */
interface Hidden {
  /** `ticketHash` of the ticket that they have, base64url: by it scans are theirs. */
  readonly ticket: string;
  /** Mail to them goes to the coordinator of their delegation. */
  readonly throughCoordinator?: true | undefined;
  /** Nothing can be mailed to them: they have no address. */
  readonly noAddress?: true | undefined;
  /** Id of the member to whom an applicant was handed, who may have lost their role since. */
  readonly handedTo?: string | undefined;
  /** By quota that is for each organisation or country: the one that their seat was counted for, which may be a former one. */
  readonly groups?: Readonly<Record<string, string>> | undefined;
}

/**
 * An adult as they are handed out: what lists, searches, badges, audiences and files of many go by. No address, no phone number, no free text
 * and no need is in it.
 */
export interface ToldPerson extends Pick<Registration, (typeof TAKEN_OVER)[number] | 'answers'>, Standing {
  readonly ageBand?: undefined;
}

/** An adult as the people index knows them. */
export interface IndexedPerson extends ToldPerson, Hidden {
  /** Of an adult who was asked to look after minors: what they said, and until when they were vetted. Not after whom they look. */
  readonly chaperoning?: Pick<Chaperoning, 'acceptedAt' | 'vettedUntil'> | undefined;
}

/**
 * What the people index knows of a minor's registration, for the server to count: no name, no answer, no text, no guardian. It is handed out
 * to nobody, in no page and no file: who was vetted for it opens minors one by one.
 */
export interface IndexedMinor extends Pick<Registration, (typeof TAKEN_OF_ANYONE)[number]>, Standing, Hidden {
  readonly ageBand: 'minor';
}

export type IndexedRow = IndexedPerson | IndexedMinor;

/** What a row has beside answers, by name. */
export const COLUMNS = [
  ...TAKEN_OVER,
  ...(['seats', 'waitingSince', 'meanwhile', 'delegation', 'mail', 'isWalkIn', 'question', 'questionSince'] as const),
] satisfies readonly Exclude<keyof ToldPerson, 'answers' | 'ageBand'>[];

/** Whether lists go by answers to it. What is typed freely, or reaches a person, is read one by one. */
const IS_LISTED: Readonly<Record<QuestionType, boolean>> = {
  text: false,
  'long-text': false,
  email: false,
  phone: false,
  country: true,
  organisation: true,
  choice: true,
  'multi-choice': true,
  'yes-no': true,
  number: true,
  date: true,
};

/** Ids of the questions by whose answers lists go, in the order of their form. */
export const listedQuestions = ({ questions }: Asking): readonly string[] =>
  questions.flatMap(({ id, type, care = false }) => (IS_LISTED[type] && !care ? [id] : []));

/** Raised where a person has more or other attributes than before: what was kept by another one is made anew. */
const FORMAT = 7;

/** What the rows of an event have: of rows with another shape nothing can be used. */
export const shapeOf = (event: Asking): string => [FORMAT, ...listedQuestions(event)].join(' ');

/** An adult's registration as it is handed out; nothing of a minor. */
export function personRow(event: Asking, registration: Registration): ToldPerson | undefined {
  if (registration.ageBand === 'minor') return undefined;
  const taken = taking<ToldPerson>(TAKEN_OVER, registration);
  return { ...taken, ...standingOf(registration), answers: listedAnswers(event, registration.answers) };
}

/** A registration as the index knows it. @param ticket its `ticketHash`, base64url */
export function indexedRow(event: Asking, registration: Registration, ticket: string): IndexedRow {
  const { delegation, chaperoning } = registration;
  const throughCoordinator = delegation?.throughCoordinator ? true : undefined;
  const noAddress = registration.email === '' ? true : undefined;
  const handedTo = registration.handed?.to;
  const hidden: Hidden = { ticket, throughCoordinator, noAddress, handedTo, groups: groupsOf(registration) };
  const row = personRow(event, registration);
  if (row === undefined)
    return {
      ...taking<IndexedMinor>(TAKEN_OF_ANYONE, registration),
      ...standingOf(registration),
      ...hidden,
      ageBand: 'minor',
    };
  const { acceptedAt, vettedUntil } = chaperoning ?? {};
  return { ...row, ...hidden, chaperoning: chaperoning && { acceptedAt, vettedUntil } };
}

const taking = <Row>(names: readonly (keyof Registration)[], registration: Registration): Row =>
  Object.fromEntries(names.map((name) => [name, registration[name]])) as Row;

function standingOf(registration: Registration): Standing {
  const { waiting, delegation, mail, walkIn, seats } = registration;
  const question = questionShown(registration);
  return {
    seats: seats.map(({ quota, state }) => ({ quota, state })),
    waitingSince: waiting?.since,
    meanwhile: waiting?.meanwhile,
    delegation: delegation?.id,
    mail: mail?.state === 'delivered' ? undefined : mail?.state,
    isWalkIn: walkIn && true,
    question: question && (question.answeredAt === undefined ? 'asked' : 'answered'),
    questionSince: question && (question.answeredAt ?? question.askedAt),
  };
}

function groupsOf({ seats }: Registration): Hidden['groups'] {
  const groups = seats.flatMap(({ quota, group }) => (group === undefined ? [] : [[quota, group]]));
  return groups.length === 0 ? undefined : Object.fromEntries(groups);
}

/** What was typed freely, before a question offered what to choose from, is no answer to it. */
function listedAnswers(event: Asking, answers: Registration['answers']): Registration['answers'] {
  const listed = new Set(listedQuestions(event));
  const isAnswer = (question: Asking['questions'][number]): boolean => {
    const value = answers[question.id];
    return value !== undefined && !('issue' in QUESTION_TYPES[question.type].check(question, value, event.countries));
  };
  const answered = event.questions.filter((each) => listed.has(each.id) && isAnswer(each));
  return Object.fromEntries(answered.flatMap(({ id }) => (answers[id] === undefined ? [] : [[id, answers[id]]])));
}

export const byReference = (a: { readonly reference: string }, b: { readonly reference: string }): number =>
  a.reference < b.reference ? -1 : 1;

/** The values that occur with, for each person, the place of theirs; or, without places, each person's value. `null` stands for none. */
interface Packed {
  readonly of: readonly unknown[];
  readonly is?: readonly number[];
}

type Row = Readonly<Record<string, unknown>>;

const INSTANTS: ReadonlySet<string> = new Set<keyof IndexedPerson>([
  'submittedAt',
  'changedAt',
  'pendingSince',
  'waitingSince',
  'questionSince',
]);

/** Many people in little room, as they are handed out: each name of an attribute once, and most values; of what is hidden, nothing. */
export const columnsOf = (people: readonly ToldPerson[]): PeopleColumns =>
  columnsIn(people, (name) => (COLUMNS as readonly string[]).includes(name));

/** The same with all that chunks hold. */
export const indexColumnsOf = (people: readonly IndexedPerson[]): PeopleColumns => columnsIn(people, () => true);

function columnsIn(people: readonly ToldPerson[], isIn: (name: string) => boolean): PeopleColumns {
  const answers = people.map((each) => each.answers as Row);
  const rows = people.map(({ answers: _, ...attributes }) => attributes as Row);
  return { size: people.length, attributes: made(rows, isIn), answers: made(answers) } as PeopleColumns;
}

/** The same of minors, who have no answers there. */
export interface MinorColumns {
  readonly size: number;
  readonly minors: Readonly<Record<string, Packed>>;
}

export const minorColumnsOf = (minors: readonly IndexedMinor[]): MinorColumns => ({
  size: minors.length,
  minors: made(minors.map(({ ageBand: _, ...attributes }) => attributes as Row)),
});

export const minorsIn = ({ size, minors }: MinorColumns): readonly IndexedMinor[] =>
  filled(size, minors, { ageBand: 'minor', ...unfilled(minors) }) as unknown as readonly IndexedMinor[];

function made(rows: readonly Row[], isIn: (name: string) => boolean = () => true): Readonly<Record<string, Packed>> {
  const names = [...new Set(rows.flatMap(Object.keys))].filter(isIn).sort();
  return Object.fromEntries(names.map((name) => [name, columnOf(rows.map((row) => packed(name, row[name])))]));
}

const packed = (name: string, value: unknown): unknown =>
  value === undefined ? null : INSTANTS.has(name) ? Date.parse(String(value)) : value;

/** Where everyone has one value: whom no place is given has the first. */
const ALL_ALIKE: readonly number[] = [];

function columnOf(values: readonly unknown[]): Packed {
  const places = new Map<string, number>();
  const of: unknown[] = [];
  const is = values.map((value) => {
    const name = JSON.stringify(value);
    const known = places.get(name);
    if (known !== undefined) return known;
    places.set(name, of.length);
    return of.push(value) - 1;
  });
  if (of.length * 2 > values.length) return { of: values };
  return { of, is: of.length === 1 ? ALL_ALIKE : is };
}

/** @param begun what each row has before it is filled, so that rows of several pages are alike */
export function rowsIn({ size, attributes, answers }: PeopleColumns, begun: object = {}): readonly IndexedPerson[] {
  const people = filled(size, attributes, { ...begun, ...unfilled(attributes), answers: undefined });
  const answered = filled(size, answers);
  for (const [place, person] of people.entries()) person['answers'] = answered[place];
  return people as unknown as readonly IndexedPerson[];
}

/** A name that is there before its value is quicker to set and to read than one that is added: of twenty thousand people, by half. */
const unfilled = (columns: object): object => Object.fromEntries(Object.keys(columns).map((name) => [name, undefined]));

const isAlike = ({ of, is }: Packed): boolean => of.length === 1 && is !== undefined;

/** A row a person. What all have alike takes no time of each. */
function filled(
  size: number,
  columns: Readonly<Record<string, Packed>>,
  begun: object = {},
): Record<string, unknown>[] {
  const common: Record<string, unknown> = { ...begun };
  const differing: [name: string, Packed][] = [];
  for (const [name, column] of Object.entries(columns)) {
    const [first] = column.of;
    if (!isAlike(column)) differing.push([name, column]);
    else if (first !== null) common[name] = unpacked(name, first);
  }
  const rows = Array.from({ length: size }, (): Record<string, unknown> => ({ ...common }));
  for (const [name, { of, is }] of differing) {
    const values = of.map((value) => (value === null ? undefined : unpacked(name, value)));
    for (const [place, row] of rows.entries()) {
      const value = values[is ? (is[place] ?? 0) : place];
      if (value !== undefined) row[name] = value;
    }
  }
  return rows;
}

const unpacked = (name: string, value: unknown): unknown =>
  INSTANTS.has(name) ? new Date(Number(value)).toISOString() : value;
