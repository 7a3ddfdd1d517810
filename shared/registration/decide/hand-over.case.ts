import { InvalidInputError, ProblemError } from '../../kernel/errors.ts';
import { json } from '../../kernel/http/reply.ts';
import type { Needs } from '../../kernel/parts.store.ts';
import { cleaned } from '../../kernel/text/cleaned.ts';
import { audited } from '../../team/audit/audited.case.ts';
import { holdsAny, mayDecideOn, type Represented } from '../../team/role/organiser-role.ts';
import type { Permitted } from '../../team/role/permitted.case.ts';
import type { Member } from '../../team/role/role.store.ts';
import { definitionOf, ownRegistration, requireReach, shownRegistration } from '../../team/role/within-reach.case.ts';
import { changeRegistration } from '../change/change-registration.case.ts';
import { organiserView } from '../list/registration-view.ts';
import type { ORGANISER_REGISTRATION_ROUTES } from '../list/registrations.routes.ts';
import { readPeople } from '../people/people.case.ts';
import type { Registration } from '../registration.schema.ts';
import { changed } from '../registration-state.store.ts';

type ReadDeps = Needs<'auditTable' | 'events' | 'registrations' | 'roles' | 'system' | 'write'>;

/** As they were a moment ago: only who is named, and whose someone is, goes by it. */
const SHOWN = { consistent: false } as const;

/** Whose an applicant is: of nobody where they do not wait any more, or whom they were handed to may not decide on them by now. */
const holderOf = (
  members: readonly Member[],
  to: string | undefined,
  applicant: Represented & Pick<Registration, 'status'>,
): Member | undefined =>
  applicant.status === 'pending-approval'
    ? members.find(({ id, grants }) => id === to && mayDecideOn(grants, applicant))
    : undefined;

/** Which applicants are whose, of those on whom the caller may decide: by the people index, so that a queue of hundreds is one look. */
export const listHanded =
  (deps: ReadDeps & Needs<'people' | 'peopleMemory'>): Permitted<typeof ORGANISER_REGISTRATION_ROUTES.listHanded> =>
  async ({ params: { eventId }, language }, caller) => {
    const event = await definitionOf(deps, eventId, language);
    const [{ people }, members] = await Promise.all([readPeople(deps, event), deps.roles.list(eventId, SHOWN)]);
    const own = [...people.values()].filter((each) => each.handedTo !== undefined && mayDecideOn(caller.grants, each));
    const handed = own.flatMap((each) => {
      const holder = holderOf(members, each.handedTo, each);
      return holder ? [{ reference: each.reference, to: holder.label, isYours: holder.id === caller.id }] : [];
    });
    return json(200, { handed });
  };

/** Whose an applicant is, since when and with which note; and the members whom they can be handed to. */
export const showHanded =
  (deps: ReadDeps): Permitted<typeof ORGANISER_REGISTRATION_ROUTES.showHanded> =>
  async (request, caller) => {
    const { registration } = await shownRegistration(deps, request, caller);
    requireReach(caller, registration);
    requireAdult(registration);
    const members = await deps.roles.list(registration.eventId, SHOWN);
    const { to, by, at, note } = registration.handed ?? {};
    const holder = holderOf(members, to, registration);
    const giver = members.find(({ id }) => id === by)?.label;
    const colleagues = members.filter(({ grants }) => mayDecideOn(grants, registration));
    return json(200, {
      ...(holder && at && { handed: { to: holder.label, isYours: holder.id === caller.id, by: giver, at, note } }),
      colleagues: colleagues.map(({ id, label }) => ({ id, name: label, isYou: id === caller.id })),
    });
  };

/**
 * Hands an applicant to a member who may decide on them, takes them over, or gives them back to everyone. It says who sees to them and locks
 * nobody out; nobody is mailed. Of two members at once the later is told that it has changed.
 */
export const handOver =
  (deps: ReadDeps & Needs<'changes'>): Permitted<typeof ORGANISER_REGISTRATION_ROUTES.handOver> =>
  async (request, caller) => {
    const { to: wanted, note: typed = '', revision } = request.body;
    const note = cleaned('note', typed, { max: LONGEST_NOTE }) || undefined;
    const { registration, event } = await ownRegistration(deps, request, caller);
    requireAdult(registration);
    const to = wanted === 'nobody' ? undefined : wanted === 'me' ? caller.id : wanted;
    const holder = to === undefined ? undefined : await deps.roles.read(event.id, to);
    if (to !== undefined && !holdsAny(holder?.grants ?? [], ['decide'])) throw notToThem();
    const after = await changeRegistration(deps, event, registration, caller, ({ before }) => {
      requireReach(caller, before);
      // Sent again by who did not have the answer.
      const isSaid = before.handed?.to === to && (to === undefined || before.handed?.note === note);
      if (before.revision === revision + 1 && isSaid) return undefined;
      if (before.revision !== revision || before.status !== 'pending-approval')
        throw new ProblemError('changed-meanwhile', { status: before.status });
      if (holder && !mayDecideOn(holder.grants, before)) throw notToThem();
      if (isSaid) return undefined;
      const now = deps.system.now();
      const handed = to === undefined ? undefined : { to, by: caller.id, at: now.toISOString(), ...(note && { note }) };
      const action = to === undefined ? 'give-back' : to === caller.id ? 'take-over' : 'hand-over';
      const said = action === 'hand-over' ? { label: holder?.label } : {};
      return {
        after: changed(before, { handed }, now),
        messages: [],
        also: [audited(deps, event, caller, action, before, said)],
      };
    });
    return json(200, organiserView(event, after, request.language, caller));
  };

const notToThem = (): InvalidInputError => new InvalidInputError([{ path: 'to', code: 'unknown-option' }]);

/** The desk has adults alone: of a minor nothing is written that others than the vetted may read. @throws ProblemError `not-amendable` */
function requireAdult({ ageBand }: Pick<Registration, 'ageBand'>): void {
  if (ageBand === 'minor') throw new ProblemError('not-amendable');
}

/** Letters, as a reader counts them. */
const LONGEST_NOTE = 200;
