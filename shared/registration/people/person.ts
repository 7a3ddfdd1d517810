import type { QuestionType } from '../../event/event.ts';
import { type Asking, QUESTION_TYPES } from '../../event/questions.ts';
import type { Seat } from '../../seats/seat.schema.ts';
import type { Registration } from '../registration.schema.ts';
import type { PeopleColumns } from './people.schema.ts';

/** What of a registration the index takes over as it is. */
const TAKEN_OVER = [
  ...(['reference', 'revision', 'status', 'role', 'honorific', 'fullName', 'badgeName', 'nativeName'] as const),
  ...(['organisation', 'country', 'category', 'mode', 'days', 'sessions', 'closedSessions', 'language'] as const),
  ...(['unproven', 'optedOut', 'lapsed', 'pendingSince', 'submittedAt', 'changedAt'] as const),
] satisfies readonly (keyof Registration)[];

/**
 * What the people index knows of an adult's registration: what lists, searches, badges, audiences and files of many go by. No address, no
 * phone number, no free text and no need is in it; nobody under 18 is in it, for anyone.
 */
export interface IndexedPerson extends Pick<Registration, (typeof TAKEN_OVER)[number] | 'answers'> {
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
  /** `ticketHash` of the ticket that they have, base64url: by it scans are theirs. In chunks alone; it is handed out to nobody. */
  readonly ticket?: string | undefined;
}

/** What a row has beside answers, by name. */
export const COLUMNS = [
  ...TAKEN_OVER,
  ...(['seats', 'waitingSince', 'meanwhile', 'delegation', 'mail', 'isWalkIn'] as const),
] satisfies readonly Exclude<keyof IndexedPerson, 'answers' | 'ticket'>[];

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
const FORMAT = 2;

/** What the rows of an event have: of rows with another shape nothing can be used. */
export const shapeOf = (event: Asking): string => [FORMAT, ...listedQuestions(event)].join(' ');

/** An adult's registration as the index knows it; nothing of a minor. */
export function personRow(event: Asking, registration: Registration): IndexedPerson | undefined {
  if (registration.ageBand === 'minor') return undefined;
  const { waiting, delegation, mail, walkIn, answers, seats } = registration;
  const taken = Object.fromEntries(TAKEN_OVER.map((name) => [name, registration[name]])) as unknown as IndexedPerson;
  return {
    ...taken,
    seats: seats.map(({ quota, state }) => ({ quota, state })),
    answers: listedAnswers(event, answers),
    waitingSince: waiting?.since,
    meanwhile: waiting?.meanwhile,
    delegation: delegation?.id,
    mail: mail?.state === 'delivered' ? undefined : mail?.state,
    isWalkIn: walkIn && true,
  };
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
]);

/** Many people in little room: each name of an attribute once, and most values. */
export function columnsOf(people: readonly IndexedPerson[]): PeopleColumns {
  const rows = people.map(({ answers: _, ...attributes }) => attributes as Row);
  const answers = people.map((each) => each.answers as Row);
  return { size: people.length, attributes: made(rows), answers: made(answers) } as PeopleColumns;
}

function made(rows: readonly Row[]): Readonly<Record<string, Packed>> {
  const names = [...new Set(rows.flatMap(Object.keys))].sort();
  return Object.fromEntries(names.map((name) => [name, columnOf(rows.map((row) => packed(name, row[name])))]));
}

const packed = (name: string, value: unknown): unknown =>
  value === undefined ? null : INSTANTS.has(name) ? Date.parse(String(value)) : value;

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
  return of.length * 2 > values.length ? { of: values } : { of, is };
}

export function rowsIn({ size, attributes, answers }: PeopleColumns): readonly IndexedPerson[] {
  const people = Array.from({ length: size }, () => ({ answers: {} as Record<string, unknown> }));
  fill(attributes, people);
  fill(
    answers,
    people.map((each) => each.answers),
  );
  return people as unknown as readonly IndexedPerson[];
}

function fill(columns: Readonly<Record<string, Packed>>, rows: readonly Record<string, unknown>[]): void {
  for (const [name, { of, is }] of Object.entries(columns)) {
    const isInstant = INSTANTS.has(name);
    rows.forEach((row, place) => {
      const value = of[is ? (is[place] ?? 0) : place];
      if (value === null || value === undefined) return;
      row[name] = isInstant ? new Date(Number(value)).toISOString() : value;
    });
  }
}
