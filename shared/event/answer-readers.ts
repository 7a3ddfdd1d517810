import { TICKS, type Tick } from '../kernel/route.ts';
import type { DefinitionProblem } from '../kernel/text/field-problem.ts';
import type { RoleGrant } from '../team/role/organiser-role.schema.ts';
import { type Represented, reaches } from '../team/role/organiser-role.ts';
import { ORGANISER_ROLES, type OrganiserRole, SETS, ticksOf } from '../team/role/ticks.ts';
import type { AnswerValue } from './condition.ts';
import type { Question } from './event.ts';
import type { Asking } from './questions.ts';

/*
 * Who of a team reads what was answered. A question that names no readers is read by all who see the person, one that names sets or ticks by
 * those alone who hold one of them. A name of both, such as `protocol`, is the tick: its set holds it, and so do owners and organisers.
 */

type Kept = Pick<Question<unknown>, 'care' | 'readers'>;

const isTick = (name: string): name is Tick => (TICKS as readonly string[]).includes(name);

const reads = (grant: RoleGrant, name: string): boolean =>
  isTick(name) ? ticksOf(grant).includes(name) : grant.role === name && grant.deputy !== true;

/**
 * Whether a member reads answers to a question.
 *
 * @param person whose answer it is: the grant by which it is read has to reach them; without one, whether it is read of anyone
 */
const mayReadAnswers = (grants: readonly RoleGrant[], { readers }: Kept, person?: Represented): boolean =>
  readers === undefined ||
  grants.some(
    (grant) =>
      readers.some((name) => reads(grant, name)) && (person === undefined || reaches([grant], ticksOf(grant), person)),
  );

/** Whether all who read a question read another one: that it was asked tells what was answered to the other, where it depends on that. */
export const isForSameReaders = ({ readers }: Kept, { readers: others }: Kept): boolean =>
  others === undefined || readers?.every((name) => others.includes(name)) === true;

/** An event with those of its questions whose answers a member reads of anyone. */
export const asReadBy = <Read extends { readonly questions: readonly Kept[] }>(
  grants: readonly RoleGrant[],
  event: Read,
): Read => ({ ...event, questions: event.questions.filter((each) => mayReadAnswers(grants, each)) });

/**
 * What a member reads of a person's answers. What is asked no more is left out: nothing says any longer who was to read it.
 *
 * @param person with their answers, by question id
 */
export function answersFor<Answers extends Readonly<Record<string, AnswerValue>>>(
  grants: readonly RoleGrant[],
  { questions }: Asking,
  person: Represented & { readonly answers: Answers },
): Answers {
  const read = new Set(questions.filter((each) => mayReadAnswers(grants, each, person)).map(({ id }) => id));
  return Object.fromEntries(Object.entries(person.answers).filter(([id]) => read.has(id))) as Answers;
}

/** Sets whose holders open registrations, of adults or of minors. */
export type ReadingSet = {
  [Set in OrganiserRole]: [(typeof SETS)[Set][number] & ('see-people' | 'see-minors')] extends [never] ? never : Set;
}[OrganiserRole];

const shows = (set: OrganiserRole, ...ticks: Tick[]): boolean =>
  (SETS[set] as readonly Tick[]).some((tick) => ticks.includes(tick));

const setsOf = (name: string): readonly OrganiserRole[] => ORGANISER_ROLES.filter((role) => reads({ role }, name));

/** For those who are asked: which sets read their answers, and whether members do besides to whom one of the ticks was given by itself. */
export function readersOf(readers: readonly string[]): {
  readonly sets: readonly ReadingSet[];
  readonly others: boolean;
} {
  const all = new Set(readers.flatMap(setsOf));
  const isReading = (set: OrganiserRole): set is ReadingSet => shows(set, 'see-people', 'see-minors');
  return { sets: ORGANISER_ROLES.filter(isReading).filter((set) => all.has(set)), others: readers.some(isTick) };
}

/** Readers that there are not; and a question whose answers nobody could read, since those who are named see no adult's registration. */
export const readerProblems = ({ questions }: { readonly questions: readonly Kept[] }) =>
  questions.flatMap(({ readers = [], care }: Kept, index): DefinitionProblem[] => {
    const path = ['questions', index, 'readers'];
    if (readers.length > 0 && care) return [{ path, message: 'needs ("care") are read by the care role alone' }];
    const unknown = readers.flatMap((name, at) =>
      NAMES.includes(name)
        ? []
        : [{ path: [...path, at], message: `there is no set and no tick "${name}"; there are ${NAMES.join(', ')}` }],
    );
    if (readers.length === 0 || unknown.length > 0) return unknown;
    const isRead = readers.flatMap(setsOf).some((set) => shows(set, 'see-people'));
    const said = readers.map((name) => `"${name}"`).join(', ');
    return isRead
      ? []
      : [{ path, message: `nobody can read the answers: by ${said} no registration of an adult is seen` }];
  });

/**
 * Questions that get more readers than those who answered were told of: what was answered under a narrower promise would be opened.
 *
 * @param before as it is published
 */
export const widenedReaders = (
  before: { readonly questions: readonly (Kept & { readonly id: string })[] },
  { questions }: { readonly questions: readonly (Kept & { readonly id: string })[] },
): DefinitionProblem[] =>
  questions.flatMap((question, index) => {
    const asked = before.questions.find(({ id }) => id === question.id);
    if (asked?.readers === undefined || isForSameReaders(question, asked)) return [];
    const promised = asked.readers.map((name) => `"${name}"`).join(', ');
    const message = `people were told that ${promised} alone read their answers to "${question.id}": ask anew, by another id`;
    return [{ path: ['questions', index, 'readers'], message }];
  });

/** A set of one's own choice is none that a question could name. */
const NAMES: readonly string[] = [...new Set<string>([...ORGANISER_ROLES.filter((set) => set !== 'custom'), ...TICKS])];
