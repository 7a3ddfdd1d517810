import type { EventDefinition } from '../../event/event.ts';
import { eventOf } from '../../event/event-of.case.ts';
import { lastDay } from '../../event/event-times.ts';
import { BusyError, InvalidInputError, ProblemError } from '../../kernel/errors.ts';
import { json } from '../../kernel/http/reply.ts';
import type { Needs } from '../../kernel/parts.store.ts';
import { parseReference } from '../../kernel/text/reference.ts';
import type { OutboxMessage } from '../../mail/outbox/message.schema.ts';
import { newMessage } from '../../mail/outbox/new-items.store.ts';
import { changeRegistration } from '../../registration/change/change-registration.case.ts';
import { renewTie } from '../../registration/change/tie-writes.store.ts';
import type { Chaperoning, Registration } from '../../registration/registration.schema.ts';
import { changed } from '../../registration/registration-state.store.ts';
import { audited } from '../../team/audit/audited.case.ts';
import type { Permitted } from '../../team/role/permitted.case.ts';
import { checkMember } from '../../team/role/role.store.ts';
import { tellOfVetting } from '../../team/role/tell-team.case.ts';
import { mayPropose, vettingOutcome } from '../../team/role/vetting-rule.ts';
import { chaperoneRows, minorView, requireMinor } from '../minors.case.ts';
import type { SAFEGUARDING_ROUTES } from '../safeguarding.routes.ts';
import { eventForVetted } from '../vetted.case.ts';
import { chaperoneStateOf, mayChaperone, minorsOf, needsChaperone } from './chaperone.ts';
import type { Changed } from './tie.store.ts';

/** Asks one adult more than there are young people to entrust: the floor counts all adults who are ready (CS12). */
export const askChaperone =
  (
    deps: Needs<'auditTable' | 'changes' | 'events' | 'registrations' | 'roles' | 'system'>,
  ): Permitted<typeof SAFEGUARDING_ROUTES.askChaperone> =>
  async (request, caller) => {
    const event = await eventForVetted(deps, request, caller);
    const adult = await requireAdult(deps, event, request.body.chaperone);
    const noted = audited(deps, event, caller, 'ask-chaperone', adult);
    const after = await changeRegistration(deps, event, adult, caller, ({ before }) => {
      if (!mayChaperone(before)) throw refused('not-a-chaperone');
      const { chaperoning, messages } = asked(deps.system, before);
      if (messages.length === 0) return undefined;
      return { after: changed(before, { chaperoning }, deps.system.now()), messages, also: [noted] };
    });
    return json(200, (await chaperoneRows(deps, event, caller))(after));
  };

type NameChaperoneDeps = Needs<
  'auditTable' | 'events' | 'registrations' | 'roles' | 'system' | 'ties' | 'write' | 'young'
>;

/** Each lost race means that one of the three registrations changed under us. */
const MOST_RACES = 4;

/**
 * Gives a minor a chaperone, another one, or none: also on the spot (CS12). Who has accepted before looks after
 * them at once; who was never asked gets a mail, and says yes or no by their own link.
 */
export const nameChaperone =
  (deps: NameChaperoneDeps): Permitted<typeof SAFEGUARDING_ROUTES.nameChaperone> =>
  async (request, caller) => {
    const event = await eventForVetted(deps, request, caller);
    const { chaperone: typed, revision } = request.body;
    const minor = await requireMinor(deps, event, request.params.reference);
    const { reference } = minor;
    const noted = audited(deps, event, caller, 'name-chaperone', minor);
    for (let race = 1; race <= MOST_RACES; race += 1) {
      const ward = await requireMinor(deps, event, reference);
      if (ward.revision !== revision || !needsChaperone(ward)) throw new ProblemError('out-of-date');
      const adult = typed === null ? undefined : await adultNamed(deps, event, typed, ward);
      if (adult?.reference === ward.minor?.chaperone?.reference)
        return json(200, await minorView(deps, event, ward, caller));
      const former = await formerOf(deps, ward);
      const { ends, after, messages } = tied(deps, ward, adult, former);
      if (await deps.ties.tie(event, ends, messages, [noted])) {
        return json(200, await minorView(deps, event, after, caller));
      }
    }
    throw new BusyError();
  };

async function adultNamed(
  deps: NameChaperoneDeps,
  event: EventDefinition<string>,
  typed: string,
  minor: Registration,
): Promise<Registration> {
  const adult = await requireAdult(deps, event, typed);
  const others = minorsOf(adult).filter((each) => each !== minor.reference);
  if (others.length >= (event.minors?.chaperoneRatio ?? 0)) throw refused('chaperone-full');
  return adult;
}

const formerOf = async ({ registrations }: NameChaperoneDeps, { eventId, minor }: Registration) =>
  minor?.chaperone && registrations.read(eventId, minor.chaperone.reference);

function tied(
  deps: NameChaperoneDeps,
  ward: Registration,
  adult: Registration | undefined,
  former: Registration | undefined,
) {
  const now = deps.system.now();
  const chaperone = adult && { reference: adult.reference, ...chaperoneStateOf(adult) };
  const after = changed(ward, { minor: { ...ward.minor, chaperone } }, now);
  const named = adult && withMinor(deps, adult, ward.reference);
  const ends: Changed[] = [
    { before: ward, after },
    ...(adult && named ? [{ before: adult, after: named.after }] : []),
    ...(former ? [{ before: former, after: withoutMinor(deps, former, ward.reference) }] : []),
  ];
  return { ends, after, messages: named?.messages ?? [] };
}

function withMinor({ system }: NameChaperoneDeps, adult: Registration, minor: string) {
  const { chaperoning, messages } = asked(system, adult);
  const minors: Chaperoning['minors'] = { ...chaperoning.minors, [minor]: true };
  return { after: changed(adult, { chaperoning: { ...chaperoning, minors } }, system.now()), messages };
}

function withoutMinor({ system }: NameChaperoneDeps, adult: Registration, minor: string): Registration {
  const { minors, ...said } = adult.chaperoning ?? { minors: {} };
  const { [minor]: _, ...left } = minors;
  return changed(adult, { chaperoning: { ...said, minors: left } }, system.now());
}

type AskAdultDeps = Needs<'registrations' | 'system'>;

const refused = (code: 'not-a-chaperone' | 'chaperone-full') => new InvalidInputError([{ path: 'chaperone', code }]);

/** @throws InvalidInputError for anyone but a confirmed adult who comes in person, the same for one who is not there at all */
async function requireAdult(
  { registrations }: Pick<AskAdultDeps, 'registrations'>,
  { id }: EventDefinition<string>,
  typed: string,
): Promise<Registration> {
  const reference = parseReference(typed);
  const adult = reference && (await registrations.read(id, reference));
  if (!adult || !mayChaperone(adult)) throw refused('not-a-chaperone');
  return adult;
}

interface Asked {
  readonly chaperoning: Chaperoning;
  readonly messages: readonly OutboxMessage[];
}

/** An adult asked by mail; one who was asked before, and has not said no, is not asked again. */
function asked(system: AskAdultDeps['system'], adult: Registration): Asked {
  const { chaperoning = { minors: {} } } = adult;
  if (chaperoning.askedAt !== undefined && chaperoning.declinedAt === undefined) return { chaperoning, messages: [] };
  return {
    chaperoning: { ...chaperoning, askedAt: system.now().toISOString(), declinedAt: undefined },
    messages: [newMessage(system, 'chaperone-request', adult)],
  };
}

type Deps = Needs<'auditTable' | 'changes' | 'events' | 'registrations' | 'roles' | 'system' | 'tables'>;

const ACTIONS = {
  proposed: 'propose-vetting',
  withdrawn: 'withdraw-vetting',
  accepted: 'vet-chaperone',
  ended: 'end-vetting',
} as const;

/**
 * Says until when an adult was vetted, which holds for all they look after. More than before is proposed, and holds once a
 * second person who is vetted says the same (CS25); less holds at once.
 */
export const vetChaperone =
  (deps: Deps): Permitted<typeof SAFEGUARDING_ROUTES.vetChaperone> =>
  async ({ params, body, language }, caller) => {
    const { event } = await eventOf(deps, params.eventId, language);
    if (!mayPropose(caller, lastDay(event))) throw new ProblemError('not-vetted');
    const vettedUntil = body.vettedUntil ?? undefined;
    const reference = parseReference(params.reference);
    const registration = reference && (await deps.registrations.read(event.id, reference));
    if (!registration || !mayChaperone(registration)) throw new ProblemError('not-found');
    const { registry, outbox } = deps.tables;
    const vetted = await changeRegistration(deps, event, registration, caller, async ({ before }) => {
      const members = await deps.roles.list(event.id);
      const by = members.find(({ id }) => id === caller.id);
      if (by === undefined) throw new ProblemError('not-permitted');
      const { chaperoning = { minors: {} }, eventId, reference: adult, email } = before;
      const now = deps.system.now();
      const outcome = vettingOutcome({ ...chaperoning, email }, vettedUntil, by, {
        members,
        now,
        lastDay: lastDay(event),
      });
      if (outcome === 'unchanged') return undefined;
      if (outcome === 'not-vetted') throw new ProblemError('not-vetted');
      if (before.revision !== body.revision || !mayChaperone(before)) throw new ProblemError('out-of-date');
      if (outcome === 'not-second-person') throw new ProblemError('not-second-person');
      const { proposal } = chaperoning;
      const two = outcome === 'accepted' && proposal ? [proposal.by, caller.id] : undefined;
      const becomes = after(outcome, chaperoning, { vettedUntil, two, by: caller.id, at: now.toISOString() });
      const next = changed(before, { chaperoning: becomes }, now);
      const ties = minorsOf(before).map((minor) =>
        renewTie(registry, { eventId, minor, adult }, chaperoneStateOf(next), now),
      );
      const said = outcome === 'withdrawn' ? proposal?.vettedUntil : vettedUntil;
      const noted = audited(deps, event, caller, ACTIONS[outcome], before, { vettedUntil: said });
      const standing = members
        .filter(({ id }) => two?.includes(id))
        .map((each) => checkMember(registry, eventId, each));
      const mails = two
        ? tellOfVetting({ ...deps, outboxTable: outbox }, event, 'chaperone-vetted', adult, members)
        : [];
      return { after: next, messages: [], also: [...ties, ...standing, ...mails, noted] };
    });
    return json(200, (await chaperoneRows(deps, event, caller))(vetted));
  };

interface Said {
  readonly vettedUntil: string | undefined;
  readonly two: readonly string[] | undefined;
  readonly by: string;
  readonly at: string;
}

function after(
  outcome: keyof typeof ACTIONS,
  { proposal: _, ...held }: Chaperoning,
  { vettedUntil, two, by, at }: Said,
): Chaperoning {
  if (outcome === 'withdrawn') return held;
  if (outcome === 'proposed' && vettedUntil !== undefined) return { ...held, proposal: { vettedUntil, by, at } };
  const vouchedBy = vettedUntil === undefined ? undefined : (two ?? held.vouchedBy);
  return { ...held, vettedUntil, vouchedBy };
}
