import type { EventDefinition } from '../../event/event.ts';
import { retentionEnd } from '../../event/event-times.ts';
import { BusyError } from '../../kernel/errors.ts';
import type { Needs } from '../../kernel/parts.store.ts';
import type { FieldIssue } from '../../kernel/text/field-problem.ts';
import { newMessage } from '../../mail/outbox/new-items.store.ts';
import { settleEntry } from '../../registration/apply/register.case.ts';
import { hashAddress, hashPlace, hashRequest } from '../../registration/hashes.store.ts';
import { standingOnly } from '../coordinator.case.ts';
import type { Member } from '../delegation.schema.ts';
import type { Roster } from '../delegation.store.ts';
import { MOST_PEOPLE } from '../delegation.ts';
import { addMember } from '../roster.store.ts';
import { atRow, type GoodPerson } from './judge.case.ts';

type Deps = Needs<'changes' | 'rosters' | 'secrets' | 'submissions' | 'system' | 'tables'>;

/** Each lost race means that another press added a person at the same time. */
const MOST_RACES = 30;

/** Milliseconds after which a coordinator is mailed about those whom they have just registered: all of them, in one mail. */
const TOLD_AFTER = 60 * 1000;

/** Milliseconds of the answer for each person, longer than any way takes: it does not tell who was registered before (AU5). */
const ANSWER_AFTER = 90;

/**
 * Registers people one after another, each in a transaction of their own, with their line in the list: whatever
 * happens in the middle, pressing again goes on with the rest. A person registered by their own address already is
 * told by mail, and the coordinator cannot tell (AU5).
 *
 * @param read with those only who come
 * @returns what kept anyone from being registered, by row
 */
export async function enterPeople(
  deps: Deps,
  event: EventDefinition<string>,
  read: Roster,
  people: readonly GoodPerson[],
): Promise<readonly FieldIssue[]> {
  const startedAt = deps.system.now();
  const planned = await Promise.all(people.map((person) => planFor(deps, read, person)));
  let roster = await announce(deps, event, read, planned);
  const issues: FieldIssue[] = [];
  for (const plan of planned) {
    const { refused, after } = await enterOne(deps, event, roster, plan);
    roster = after;
    if (refused) issues.push(atRow(plan.person.row, refused));
  }
  await deps.system.answerNotBefore(startedAt, ANSWER_AFTER * people.length);
  return issues;
}

/** Whom the list has already, not having been sent the same: seen before anyone presses "register". */
export async function alreadyHere(
  deps: Deps,
  roster: Roster,
  people: readonly GoodPerson[],
): Promise<readonly FieldIssue[]> {
  const planned = await Promise.all(people.map((person) => planFor(deps, roster, person)));
  return planned
    .filter(({ member }) => lineOf(roster, member) !== undefined)
    .map(({ person }) => atRow(person.row, isTaken(person)));
}

const isTaken = ({ throughCoordinator }: GoodPerson): FieldIssue => ({
  path: throughCoordinator ? 'fullName' : 'email',
  code: 'already-here',
});

interface Plan {
  readonly person: GoodPerson;
  readonly member: string;
  readonly request: string;
}

async function planFor({ secrets }: Deps, { delegation }: Roster, person: GoodPerson): Promise<Plan> {
  const { eventId, id } = delegation;
  const { application, throughCoordinator } = person;
  const member = throughCoordinator
    ? await hashPlace(secrets, eventId, id, application.fullName)
    : await hashAddress(secrets, eventId, application.email);
  return { person, member, request: await hashRequest(secrets, eventId, `${id}|${JSON.stringify(application)}`) };
}

/**
 * Before anyone is registered: the mail that will tell the coordinator about those who have no address of their own,
 * so that it is sent whatever happens in between, and tells what was done by then.
 */
async function announce(
  deps: Deps,
  event: EventDefinition<string>,
  read: Roster,
  planned: readonly Plan[],
): Promise<Roster> {
  const [first] = planned;
  let roster = read;
  for (let race = 1; race <= MOST_RACES; race += 1) {
    const newcomers = planned.filter(({ member }) => lineOf(roster, member) === undefined);
    if (first === undefined || newcomers.length === 0) return roster;
    const { organisation, country, category } = first.person.application;
    const { delegation } = roster;
    const after = { ...delegation, common: { organisation, country, category }, revision: delegation.revision + 1 };
    const { eventId, id: reference, email, language } = delegation;
    const at = new Date(deps.system.now().getTime() + TOLD_AFTER);
    const outcome = await deps.rosters.write({
      before: delegation,
      after,
      messages: newcomers.some(({ person }) => person.throughCoordinator)
        ? [newMessage(deps.system, 'delegation-registered', { eventId, reference, email, language }, at)]
        : [],
      expiresAt: retentionEnd(event),
    });
    if (outcome === 'done') return { ...roster, delegation: after };
    roster = await readAgain(deps, roster);
  }
  throw new BusyError();
}

async function enterOne(
  deps: Deps,
  event: EventDefinition<string>,
  read: Roster,
  plan: Plan,
): Promise<{ readonly after: Roster; readonly refused?: FieldIssue }> {
  const { application, throughCoordinator } = plan.person;
  let roster = read;
  for (let race = 1; race <= MOST_RACES; race += 1) {
    const known = lineOf(roster, plan.member);
    if (known?.request === plan.request) return { after: roster };
    if (known) return { after: roster, refused: isTaken(plan.person) };
    if (roster.members.length >= MOST_PEOPLE) {
      return { after: roster, refused: { path: 'fullName', code: 'delegation-full', params: { max: MOST_PEOPLE } } };
    }
    const { delegation } = roster;
    const line = newLine(deps, roster, plan);
    let written: Member = line;
    const outcome = await settleEntry(
      deps,
      {
        event,
        application,
        care: {},
        invitationCode: false,
        pass: undefined,
        addressHash: plan.member,
        requestHash: plan.request,
        place: { id: delegation.id, member: plan.member, ...(throughCoordinator && { throughCoordinator }) },
        along: (reference) => {
          written = reference === undefined ? line : { ...line, reference };
          return addMember(deps.tables.registry, delegation, written, retentionEnd(event));
        },
      },
      { lock: undefined, invitation: undefined, counters: new Map() },
    );
    if (outcome === 'place-taken') return whoseIsIt(deps, roster, plan);
    if (outcome === 'done') return { after: withLine(roster, written) };
    await deps.system.backOff(race);
    roster = await readAgain(deps, roster);
  }
  throw new BusyError();
}

/** A place that was taken since the list was read: by the same press, twice at once, or by a person of the same name. */
async function whoseIsIt(deps: Deps, read: Roster, { member, request, person }: Plan): ReturnType<typeof enterOne> {
  const after = await readAgain(deps, read);
  return lineOf(after, member)?.request === request ? { after } : { after, refused: isTaken(person) };
}

const lineOf = ({ members }: Roster, wanted: string): Member | undefined =>
  members.find((line) => line.member === wanted);

const newLine = (deps: Deps, { delegation }: Roster, { person, member, request }: Plan): Member => ({
  eventId: delegation.eventId,
  delegation: delegation.id,
  member,
  name: person.application.fullName,
  ...(!person.throughCoordinator && { email: person.application.email, honorific: person.application.honorific }),
  request,
  addedAt: deps.system.now().toISOString(),
});

const withLine = ({ delegation, members }: Roster, line: Member): Roster => ({
  delegation: { ...delegation, revision: delegation.revision + 1 },
  members: [...members.filter(({ member }) => member !== line.member), line],
});

/** @throws BusyError where it was erased meanwhile */
async function readAgain(deps: Deps, { delegation }: Roster): Promise<Roster> {
  const roster = await deps.rosters.readRoster(delegation.eventId, delegation.id);
  if (roster === undefined) throw new BusyError();
  return standingOnly(deps, roster);
}
