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
export const mayReadAnswers = (grants: readonly RoleGrant[], { readers }: Kept, person?: Represented): boolean =>
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
  readersAmiss('questions', questions);

const readersAmiss = (part: 'questions' | 'questionGroups', all: readonly Kept[]) =>
  all.flatMap(({ readers = [], care }: Kept, index): DefinitionProblem[] => {
    const path = [part, index, 'readers'];
    if (readers.length > 0 && care) return [{ path, message: 'needs ("care") are read by the care role alone' }];
    const unknown = readers.flatMap((name, at) => {
      const message = `there is no set and no tick "${name}"; there are ${NAMES.join(', ')}`;
      return NAMES.includes(name) ? [] : [{ path: [...path, at], message, known: NAMES }];
    });
    if (readers.length === 0 || unknown.length > 0) return unknown;
    const isRead = readers.flatMap(setsOf).some((set) => shows(set, 'see-people'));
    const said = readers.map((name) => `"${name}"`).join(', ');
    return isRead
      ? []
      : [{ path, message: `nobody can read the answers: by ${said} no registration of an adult is seen` }];
  });

/** Questions of which a file says once who reads them: travel, protocol, media. */
interface QuestionGroup {
  readonly id: string;
  readonly readers: readonly string[];
}

interface Grouped {
  readonly questions: readonly (Identified & { readonly group?: string | undefined })[];
  readonly questionGroups?: readonly QuestionGroup[] | undefined;
}
type Identified = Kept & { readonly id: string };

/** Groups that there are not, are there twice, or have no question; and questions with readers of their own whom their group has not. */
export function groupProblems({ questions, questionGroups = [] }: Grouped): DefinitionProblem[] {
  const ids = questionGroups.map(({ id }) => id);
  const ofGroups = questionGroups.flatMap(({ id }, index): DefinitionProblem[] => {
    const path = ['questionGroups', index, 'id'];
    if (ids.indexOf(id) < index) return [{ path, message: `there is a group "${id}" already` }];
    return questions.some(({ group }) => group === id)
      ? []
      : [{ path, message: `no question is in the group "${id}"` }];
  });
  const ofQuestions = questions.flatMap(({ group, ...question }, index): DefinitionProblem[] => {
    if (group === undefined) return [];
    const found = questionGroups.find(({ id }) => id === group);
    if (found === undefined) {
      const message = `there is no group "${group}" of questions; there are ${ids.join(', ') || 'none'}`;
      return [{ path: ['questions', index, 'group'], message, known: ids }];
    }
    const { readers = found.readers, care } = question;
    if (care)
      return [{ path: ['questions', index, 'group'], message: 'needs ("care") are read by the care role alone' }];
    const others = readers.filter((name) => !found.readers.includes(name)).map((name) => `"${name}"`);
    const message = `${others.join(', ')} would read it, and may not read the group "${group}": its own readers can only be fewer`;
    return others.length === 0 ? [] : [{ path: ['questions', index, 'readers'], message }];
  });
  return [...readersAmiss('questionGroups', questionGroups), ...ofGroups, ...ofQuestions];
}

/** Questions with the readers of their group, where they have none of their own: nothing beyond the file knows of groups. */
export const withReadersOfGroups = <Asked extends Grouped['questions'][number]>(
  questions: readonly Asked[],
  groups: readonly QuestionGroup[] = [],
) =>
  questions.map(({ group, ...question }) => {
    const readers = question.readers ?? groups.find(({ id }) => id === group)?.readers;
    return { ...question, ...(readers && { readers }) };
  });

interface Published {
  readonly questions: readonly Identified[];
  readonly registration: { readonly opensAt: string };
  readonly promisedReaders?: Readonly<Record<string, readonly string[]>> | undefined;
}

/**
 * Which readers those were told of who could answer, by question, also of one that is asked no more: its answers are kept as long as others.
 *
 * @param event as it is published
 */
export function readersPromised(
  { questions, registration, promisedReaders = {} }: Published,
  now: Date,
): Readonly<Record<string, readonly string[]>> {
  // Before, nobody was promised anything by it.
  if (now.getTime() < Date.parse(registration.opensAt)) return promisedReaders;
  const named = questions.flatMap(({ id, readers }) => (readers === undefined ? [] : [[id, readers] as const]));
  return { ...promisedReaders, ...Object.fromEntries(named) };
}

/** Questions that get more readers than those who answered were told of: what was answered under a narrower promise would be opened. */
export const widenedReaders = (
  promised: ReturnType<typeof readersPromised>,
  { questions }: { readonly questions: readonly Identified[] },
): DefinitionProblem[] => {
  // A question may be called as what every object has.
  const ofQuestions = new Map(Object.entries(promised));
  return questions.flatMap((question, index) => {
    const readers = ofQuestions.get(question.id);
    if (readers === undefined || isForSameReaders(question, { readers })) return [];
    const named = readers.map((name) => `"${name}"`).join(', ');
    const message = `people were told that ${named} alone read their answers to "${question.id}": ask anew, by another id`;
    return [{ path: ['questions', index, 'readers'], message }];
  });
};

/** A set of one's own choice is none that a question could name. */
const NAMES: readonly string[] = [...new Set<string>([...ORGANISER_ROLES.filter((set) => set !== 'custom'), ...TICKS])];
