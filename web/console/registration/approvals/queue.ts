import { organisationGroup } from '../../../../shared/kernel/text/text.ts';
import { isOverdue, pendingSince } from '../../../../shared/registration/decide/approval.ts';
import { comparable } from '../../../../shared/registration/list/search.ts';
import type { RoleGrant } from '../../../../shared/team/role/organiser-role.schema.ts';
import { mayDecideOn } from '../../../../shared/team/role/organiser-role.ts';
import type { PublicEvent } from '../../desk.ts';
import type { KnownPerson } from '../people.ts';

/** Of whom a queue is: everyone who waits, or some of them. */
export const QUEUES = ['all', 'overdue', 'asked', 'answered'] as const;
export type QueueName = (typeof QUEUES)[number];

export const isQueue = (name: string | null): name is QueueName =>
  (QUEUES as readonly (string | null)[]).includes(name);

/** Who waits for a decision that the member may take, the longest first. */
export const applicantsFor = (people: readonly KnownPerson[], grants: readonly RoleGrant[]): readonly KnownPerson[] =>
  people
    .filter((each) => each.status === 'pending-approval' && mayDecideOn(grants, each))
    .map((person) => [pendingSince(person) ?? person.submittedAt, person] as const)
    .sort(([a, one], [b, other]) => (a === b ? (one.reference < other.reference ? -1 : 1) : a < b ? -1 : 1))
    .map(([, person]) => person);

const DAY = 86_400_000;

/** Whole days for which someone has waited. @param now epoch milliseconds */
export const daysWaited = (person: KnownPerson, now: number): number =>
  Math.max(0, Math.floor((now - Date.parse(pendingSince(person) ?? person.submittedAt)) / DAY));

/** Whether someone is in a queue. @param now epoch milliseconds */
export function isInQueue(queue: QueueName, person: KnownPerson, event: PublicEvent, now: number): boolean {
  if (queue === 'all') return true;
  return queue === 'overdue' ? isOverdue(event, person, new Date(now)) : person.question === queue;
}

/** Of whom the queue is, by whose they are. */
export const WHOSE = ['all', 'mine', 'nobodys'] as const;
export type WhoseQueue = (typeof WHOSE)[number];

export const isWhose = (name: string | null): name is WhoseQueue =>
  (WHOSE as readonly (string | null)[]).includes(name);

/** To whom an applicant was handed, as the team calls them. */
export interface HandedTo {
  readonly to?: string | undefined;
  readonly isYours: boolean;
}
export type HolderOf = (person: KnownPerson) => HandedTo | undefined;

export const isAColleagues = (holder: HandedTo | undefined): boolean => holder?.isYours === false;

/** Those of the member and of nobody come first; a colleague's stay to be looked at, and decided on, below. */
export function queueOf(people: readonly KnownPerson[], whose: WhoseQueue, holderOf: HolderOf): readonly KnownPerson[] {
  if (whose === 'mine') return people.filter((each) => holderOf(each)?.isYours === true);
  if (whose === 'nobodys') return people.filter((each) => holderOf(each) === undefined);
  const isTheirs = (each: KnownPerson): boolean => isAColleagues(holderOf(each));
  return people.some(isTheirs) ? [...people.filter((each) => !isTheirs(each)), ...people.filter(isTheirs)] : people;
}

/** Who comes after, or before, someone in the queue, or after who stood at a place: a colleague's are passed by. */
export function nextInQueue(
  queue: readonly KnownPerson[],
  from: number,
  by: 1 | -1,
  holderOf: HolderOf,
): KnownPerson | undefined {
  const rest = by > 0 ? queue.slice(from + 1) : queue.slice(0, Math.max(0, from)).reverse();
  return rest.find((each) => !isAColleagues(holderOf(each)));
}

/** Everyone by organisation and by name, however these were typed. */
export interface Likenesses {
  readonly byOrganisation: ReadonlyMap<string, readonly KnownPerson[]>;
  readonly byName: ReadonlyMap<string, readonly KnownPerson[]>;
}

/** What a person is compared by: kept, since lists of tens of thousands change by a few people. */
const keys = new WeakMap<KnownPerson, readonly [organisation: string, name: string]>();

function keysOf(person: KnownPerson): readonly [organisation: string, name: string] {
  const known = keys.get(person);
  if (known !== undefined) return known;
  const own = [
    organisationGroup(person.organisation),
    comparable(person.fullName)
      .replace(/[\s\p{P}\p{Cf}]+/gu, ' ')
      .trim(),
  ] as const;
  keys.set(person, own);
  return own;
}

export function likenessesOf(people: readonly KnownPerson[]): Likenesses {
  const byOrganisation = new Map<string, KnownPerson[]>();
  const byName = new Map<string, KnownPerson[]>();
  const add = (map: Map<string, KnownPerson[]>, key: string, person: KnownPerson): void => {
    if (key === '') return;
    const group = map.get(key);
    if (group === undefined) map.set(key, [person]);
    else group.push(person);
  };
  for (const person of people) {
    const [organisation, name] = keysOf(person);
    add(byOrganisation, organisation, person);
    add(byName, name, person);
  }
  return { byOrganisation, byName };
}

/** Others of the same organisation, and others of the same name, who may be the same person. */
export function alikeApplicants(person: KnownPerson, { byOrganisation, byName }: Likenesses) {
  const [organisation, name] = keysOf(person);
  const others = (group: readonly KnownPerson[] = []) =>
    group.filter(({ reference }) => reference !== person.reference);
  return { ofOrganisation: others(byOrganisation.get(organisation)), ofName: others(byName.get(name)) };
}
