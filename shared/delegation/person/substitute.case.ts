import { askedOfDelegations } from '../../../web/site/delegation/columns.ts';
import { SUBSTITUTE_FIELDS, substitutePage } from '../../../web/site/delegation/person-page.ts';
import { personPath } from '../../../web/site/kernel/links.ts';
import { deleteCareNeeds } from '../../care/care.store.ts';
import type { EventDefinition } from '../../event/event.ts';
import { isEventOver, retentionEnd } from '../../event/event-times.ts';
import { InvalidInputError } from '../../kernel/errors.ts';
import type { FormFields } from '../../kernel/http/body.ts';
import { orFormAgain } from '../../kernel/http/form-again.case.ts';
import { type Guarded, guarded, type Handle } from '../../kernel/http/handler.case.ts';
import { page, seeOther } from '../../kernel/http/reply.ts';
import { siteWords } from '../../kernel/i18n/site.store.ts';
import type { Needs } from '../../kernel/parts.store.ts';
import type { FieldIssue } from '../../kernel/text/field-problem.ts';
import { newMessage } from '../../mail/outbox/new-items.store.ts';
import { toFormerAddress } from '../../registration/change/address-change.store.ts';
import { asksForApproval } from '../../registration/change/amendment.ts';
import { changeRegistration } from '../../registration/change/change-registration.case.ts';
import { inPlaceOf, isInPlace, requireSubstitutable, TOLD_IN_PLACE } from '../../registration/change/substitution.ts';
import { hashHolder, hashPlace, hashRequest } from '../../registration/hashes.store.ts';
import { checkPerson, type Person as Named } from '../../registration/names.ts';
import { provenAnew } from '../../registration/proven.ts';
import type { Registration } from '../../registration/registration.schema.ts';
import { changed, newTicketId } from '../../registration/registration-state.store.ts';
import type { DELEGATION_ROUTES } from '../delegation.routes.ts';
import type { Member } from '../delegation.schema.ts';
import { isSeen } from '../delegation.ts';
import { statements } from '../people/judge.case.ts';
import { replaceMember } from '../roster.store.ts';
import {
  changedMeanwhile,
  orAsItStands,
  type PersonOfDelegation,
  pathOf,
  personOf,
  seen,
  wantedBy,
} from './person.case.ts';

type ShowSubstituteDeps = Needs<
  'changes' | 'events' | 'readAddressChange' | 'registrations' | 'rosters' | 'secrets' | 'system' | 'tables'
>;

/** Asks who comes in a person's place, where anyone can. */
export const showSubstitute =
  (deps: ShowSubstituteDeps): Handle<typeof DELEGATION_ROUTES.showSubstitute> =>
  async ({ params, language: wanted, path }) => {
    const person = await personOf(deps, { params, language: wanted });
    const { event, language, registration, member } = person;
    const stands = registration !== undefined && TOLD_IN_PLACE[registration.status] !== undefined;
    const canBe = stands && !isEventOver(event, deps.system.now());
    if (!canBe || member.member !== params.member) return seeOther(`${pathOf(params.token, person)}?lang=${language}`);
    const t = siteWords(language);
    const values = { revision: [String(registration.revision)] };
    return page(substitutePage({ event: askedOfDelegations(event), language, t, path, values, problems: [] }));
  };

/** On to the person who comes, or the form again with what has to change. */
export const postSubstitute = (deps: ShowSubstituteDeps): Guarded<typeof DELEGATION_ROUTES.postSubstitute> =>
  guarded(
    (sender) => personOf(deps, wantedBy(sender)),
    async ({ params, body: fields, language: wanted, path }, seenFirst) =>
      orAsItStands(deps, { params, language: wanted }, seenFirst, async (person) => {
        const event = askedOfDelegations(person.event);
        const { language } = person;
        const act = async () => {
          const comes = await substitute(deps, person, readSubstituteForm(event, fields));
          return seeOther(`${personPath(`/d/${params.token}`, comes)}?lang=${language}&done=substitute`);
        };
        const localised = async () => ({ event, language });
        return orFormAgain(act, fields, localised, (form) => substitutePage({ ...form, path }));
      }),
  );

type Field = (typeof SUBSTITUTE_FIELDS)[number];

/** The form that says who comes instead, as it was sent. */
interface SubstituteForm {
  readonly person: Readonly<Record<Field, string>>;
  /** What the coordinator states of them. */
  readonly stated: FormFields;
  /** Of the registration that was looked at. */
  readonly revision: number;
}

/** @throws InvalidInputError for fields the form does not have, or one sent twice */
function readSubstituteForm(event: EventDefinition<string>, fields: FormFields): SubstituteForm {
  const known = [...SUBSTITUTE_FIELDS, 'revision', 'adults', ...event.consents.map(({ id }) => `consents.${id}`)];
  const issues = Object.entries(fields).flatMap(([path, values]): FieldIssue[] => {
    if (!known.includes(path)) return [{ path, code: 'unknown-field' }];
    return values.length > 1 ? [{ path, code: 'wrong-type' }] : [];
  });
  if (issues.length > 0) throw new InvalidInputError(issues);
  const text = (field: Field): string => fields[field]?.[0] ?? '';
  return {
    person: {
      honorific: text('honorific'),
      fullName: text('fullName'),
      nativeName: text('nativeName'),
      position: text('position'),
    },
    stated: fields,
    revision: Number(fields['revision']?.[0]),
  };
}

/**
 * Lets another person come in an attendee's place, reached through the coordinator: an address of their own may hold a
 * registration already, which a coordinator must not learn. Seats, group, country and organisation stay; ticket and
 * link are replaced. Where a person decides who comes, they decide anew, and the seats wait for it. Twice is as good as
 * once.
 *
 * @returns the line of the person who comes
 * @throws InvalidInputError for fields that have to change; ProblemError where something else came first
 */
async function substitute(
  deps: Needs<'changes' | 'readAddressChange' | 'registrations' | 'secrets' | 'system' | 'tables'>,
  person: PersonOfDelegation,
  form: SubstituteForm,
): Promise<string> {
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
  await changeRegistration(deps, event, registration, 'coordinator', async ({ before, lock: holder }) => {
    if (isInPlace(before, newcomer)) return undefined;
    if (!isSeen(line, before)) throw changedMeanwhile();
    requireSubstitutable(before, form.revision, isEventOver(event, deps.system.now()));
    if (holder) throw new InvalidInputError([{ path: 'fullName', code: 'already-here' }]);
    const inPlace = inPlaceThrough(event, before, newcomer, after);
    const next = provenAnew(changed(inPlace, { ticketId }, deps.system.now()), 'vouched');
    return {
      after: next,
      ...(place !== insteadOf && { lock: { put: { reference, request }, addressHash: place, insteadOf } }),
      messages: [
        // An attendee with an address of their own is not left with a ticket that stopped working.
        ...(before.delegation?.throughCoordinator ? [] : [newMessage(deps.system, 'substituted', before)]),
        newMessage(deps.system, TOLD_IN_PLACE[next.status] ?? 'link', next),
        ...(await toFormerAddress(deps, 'address-changed', before)),
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
