import { askedOfDelegations } from '../../../web/site/delegation/columns.ts';
import { deleteCareNeeds } from '../../care/care.store.ts';
import type { EventDefinition } from '../../event/event.ts';
import { retentionEnd } from '../../event/event-times.ts';
import { InvalidInputError } from '../../kernel/errors.ts';
import type { Needs } from '../../kernel/parts.store.ts';
import { changed, newMessage, newTicketId } from '../../mail/outbox/new-items.store.ts';
import { asksForApproval } from '../../registration/change/amendment.ts';
import { changeRegistration } from '../../registration/change/change-registration.case.ts';
import { inPlaceOf, isInPlace, requireSubstitutable, TOLD_IN_PLACE } from '../../registration/change/substitution.ts';
import { hashHolder, hashPlace, hashRequest } from '../../registration/hashes.store.ts';
import { checkPerson, type Person as Named } from '../../registration/person.ts';
import { provenAnew } from '../../registration/proven.ts';
import type { Registration } from '../../registration/registration.schema.ts';
import { isSeen } from '../delegation.ts';
import type { Member } from '../delegation-item.schema.ts';
import { statements } from '../people/statements.ts';
import { replaceMember } from '../roster-writes.store.ts';
import { meanwhile, type Person, seen } from './person.case.ts';
import type { SubstituteForm } from './substitute-form.case.ts';

type Deps = Needs<'changes' | 'registrations' | 'secrets' | 'system' | 'tables'>;

/**
 * Lets someone else come in a person's place, reached through the coordinator: an address of their own may hold a
 * registration already, which a coordinator must not learn. Seats, group, country and organisation stay; ticket and
 * link are replaced. Where a person decides who comes, they decide anew, and the seats wait for it. Twice is as good as
 * once.
 *
 * @returns the line of whoever comes
 * @throws InvalidInputError for fields that have to change; ProblemError where something else came first
 */
export async function substitute(deps: Deps, person: Person, form: SubstituteForm): Promise<string> {
  const { event, registration, member: line } = seen(person);
  const { delegation } = person.roster;
  const { eventId, reference } = registration;
  const sent = { ...form.person, email: delegation.email, language: registration.language };
  const checked = checkPerson(event, sent);
  const issues = [
    ...('issues' in checked ? checked.issues : []),
    ...statements(askedOfDelegations(event), form.stated),
  ];
  if ('issues' in checked || issues.length > 0) throw new InvalidInputError(issues);
  const newcomer = checked.person;
  const place = await hashPlace(deps.secrets, eventId, delegation.id, newcomer.fullName);
  const request = await hashRequest(deps.secrets, eventId, `substitute|${delegation.id}|${JSON.stringify(sent)}`);
  const insteadOf = await hashHolder(deps.secrets, registration);
  const after: Member = {
    eventId,
    delegation: delegation.id,
    member: place,
    name: newcomer.fullName,
    reference,
    request,
    addedAt: line.addedAt,
  };
  const ticketId = newTicketId(deps.system);
  await changeRegistration(deps, event, registration, ({ before, lock: holder }) => {
    if (isInPlace(before, newcomer)) return undefined;
    if (!isSeen(line, before)) throw meanwhile();
    requireSubstitutable(before, form.revision);
    if (holder) throw new InvalidInputError([{ path: 'fullName', code: 'already-here' }]);
    const inPlace = inPlaceThrough(event, before, newcomer, after);
    const next = provenAnew(changed(inPlace, { ticketId }, deps.system.now()), 'vouched');
    return {
      after: next,
      ...(place !== insteadOf && { lock: { put: { reference, request }, addressHash: place, insteadOf } }),
      messages: [
        // Whoever has an address of their own is not left with a ticket that stopped working.
        ...(before.delegation?.throughCoordinator ? [] : [newMessage(deps.system, 'substituted', before)]),
        newMessage(deps.system, TOLD_IN_PLACE[next.status] ?? 'link', next),
      ],
      also: [
        deleteCareNeeds(deps.tables.care, before),
        ...replaceMember(deps.tables.registry, line, after, retentionEnd(event)),
      ],
    };
  });
  return place;
}

/** Who comes instead, for whom the coordinator has stated what is required; they can say more by their own link. */
function inPlaceThrough(
  event: EventDefinition<string>,
  before: Registration,
  newcomer: Named,
  { delegation: id, member }: Member,
): Registration {
  const next: Registration = {
    ...inPlaceOf(before, newcomer),
    delegation: { id, member, throughCoordinator: true },
    consents: Object.fromEntries(
      event.consents.filter(({ required }) => required).map((consent) => [consent.id, consent.version]),
    ),
  };
  if (!asksForApproval(event, before, next)) return next;
  const seats = before.status === 'waitlisted' ? [] : before.seats;
  const waiting = next.waiting && { since: next.waiting.since };
  return { ...next, status: 'pending-approval', seats, waiting, approved: undefined };
}
