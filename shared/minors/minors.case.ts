import { isLive } from '../event/attendee.ts';
import { hasYes } from '../event/consents.ts';
import type { Consent, EventDefinition } from '../event/event.ts';
import { asHeld } from '../event/event-standing.ts';
import { lastDay } from '../event/event-times.ts';
import { ProblemError } from '../kernel/errors.ts';
import { json } from '../kernel/http/reply.ts';
import type { Needs } from '../kernel/parts.store.ts';
import type { Tick } from '../kernel/route.ts';
import { isSameMailbox } from '../kernel/text/email-address.ts';
import { parseReference } from '../kernel/text/reference.ts';
import { compareNames } from '../kernel/text/text.ts';
import { localDate } from '../kernel/text/zoned-time.ts';
import { isUnreachable } from '../mail/fate/mail-fate.ts';
import { readPeople } from '../registration/people/people.case.ts';
import type { Registration } from '../registration/registration.schema.ts';
import { noteMinor, noteRead } from '../team/audit/audited.case.ts';
import { teamNames } from '../team/role/member-names.case.ts';
import type { Caller, Permitted } from '../team/role/permitted.case.ts';
import { mayAcceptVetting, openVetting } from '../team/role/vetting-rule.ts';
import { chaperoneStatus, chaperonesNeeded, headcount, minorsOf, needsChaperone } from './chaperone/chaperone.ts';
import type { Guardian, PaperConsent } from './consent/guardian.schema.ts';
import { handoverInForce } from './handover/handover.ts';
import type { MinorView } from './minors.schema.ts';
import type { SAFEGUARDING_ROUTES } from './safeguarding.routes.ts';
import { eventForVetted } from './vetted.case.ts';
import { guardianStep } from './young.ts';

type Deps = Needs<'roles' | 'system'>;

/** What is shown of adults who were asked to look after people under 18, or were vetted for it. */
export async function chaperoneRows(
  deps: Pick<Deps, 'roles' | 'system'>,
  event: EventDefinition<string>,
  caller: Caller,
) {
  const members = await deps.roles.list(event.id);
  const scene = { members, lastDay: lastDay(event), now: deps.system.now() };
  const you = members.find(({ id }) => id === caller.id);
  return ({ reference, fullName, email, organisation, days, revision, chaperoning = { minors: {} } }: Registration) => {
    const { askedAt, acceptedAt, declinedAt, vettedUntil } = chaperoning;
    const proposal = openVetting(chaperoning.proposal, scene);
    return {
      reference,
      name: fullName,
      organisation,
      days: [...days],
      askedAt,
      acceptedAt,
      declinedAt,
      vettedUntil,
      ...(proposal && {
        proposal: {
          vettedUntil: proposal.vettedUntil,
          at: proposal.at,
          by: members.find(({ id }) => id === proposal.by)?.label,
          isYours: proposal.by === caller.id,
          mayAccept: you !== undefined && mayAcceptVetting(proposal, scene, you, email),
        },
      }),
      minors: minorsOf({ chaperoning }).length,
      revision,
    };
  };
}

type MinorsDeps = Needs<'auditTable' | 'events' | 'registrations' | 'roles' | 'system' | 'write' | 'young'>;

/** The member who confirms a signed form need not look after children. */
export const SECOND_PERSONS: readonly Tick[] = ['see-minors'];

/**
 * Whom each of them waits for. That a member looked is noted, or they do not see it (CS14, CS15). The index says who they are, and who looks
 * after them; how they stand, their registrations.
 */
export const listMinors =
  (
    deps: Needs<'auditTable' | 'events' | 'people' | 'peopleMemory' | 'roles' | 'system' | 'write'>,
  ): Permitted<typeof SAFEGUARDING_ROUTES.listMinors> =>
  async (request, caller) => {
    const event = await eventForVetted(deps, request, caller, SECOND_PERSONS);
    await noteRead(deps, event, caller, 'list-minors');
    const { people, minors: young } = await readPeople(deps, event);
    const asked = [...people.values()].filter(({ chaperoning }) => chaperoning !== undefined);
    const found = await deps.people.registrations(event.id, [
      ...young.keys(),
      ...asked.map(({ reference }) => reference),
    ]);
    const all = found.map((each) => asHeld(event, each));
    const counted = headcount(all, event);
    const minors = all.filter(isMinor).map((each) => ({
      ...minorRow(each),
      ...(needsChaperone(each) && { standing: chaperoneStatus(each, event, counted) }),
    }));
    const rowOfAdult = await chaperoneRows(deps, event, caller);
    const chaperones = all.filter(({ chaperoning }) => chaperoning !== undefined).map(rowOfAdult);
    return json(200, {
      minors: minors.sort(byName),
      chaperones: chaperones.sort(byName),
      today: localDate(deps.system.now(), event.timeZone),
      headcount: { ...counted, needed: event.minors ? chaperonesNeeded(counted.minors, event.minors) : 0 },
    });
  };

export const showMinor =
  (deps: MinorsDeps): Permitted<typeof SAFEGUARDING_ROUTES.showMinor> =>
  async (request, caller) => {
    const event = await eventForVetted(deps, request, caller, SECOND_PERSONS);
    const registration = await requireMinor(deps, event, request.params.reference);
    await noteMinor(deps, event, caller, registration.reference);
    return json(200, await minorView(deps, event, asHeld(event, registration), caller));
  };

const byName = (a: { readonly name: string }, b: { readonly name: string }): number => compareNames(a.name, b.name);

const isMinor = (registration: Registration): boolean => registration.ageBand === 'minor' && isLive(registration);

/** @throws ProblemError `not-found`, the same for an adult and for one whose registration has ended */
export async function requireMinor(
  deps: MinorsDeps,
  event: EventDefinition<string>,
  typed: string,
): Promise<Registration> {
  const reference = parseReference(typed);
  const registration = reference && (await deps.registrations.read(event.id, reference));
  if (!registration || !isMinor(registration)) throw new ProblemError('not-found');
  return registration;
}

type MinorViewDeps = Needs<'registrations' | 'roles' | 'system' | 'young'>;

/**
 * A minor with their guardian, as those see them who look after children: reads `Care`.
 *
 * @throws ProblemError `not-found` where everything was deleted meanwhile
 */
export async function minorView(
  deps: MinorViewDeps,
  event: EventDefinition<string>,
  registration: Registration,
  caller: Caller,
): Promise<MinorView> {
  const guardian = await deps.young.readGuardian(registration);
  if (guardian === undefined) throw new ProblemError('not-found');
  const { name, email, phone, askedAt, agreedAt, paper } = guardian;
  const adult = await chaperoneOf(deps, registration);
  return {
    ...minorRow(registration),
    chaperone: adult && (await chaperoneRows(deps, event, caller))(adult),
    email: registration.email,
    language: registration.language,
    guardian: {
      name,
      email,
      phone,
      askedAt,
      agreedAt,
      ...(paper && { paper: await paperView(deps, event, paper, caller) }),
      ...(isOnPaper(registration) && { handover: await leavingView(deps, event, guardian) }),
    },
    consents: (event.minors?.consents ?? []).map(({ id, version, title, agreement, required, meansNoMoreThan }) => ({
      id,
      version,
      title,
      agreement,
      required,
      agreed: versionAgreed(registration, { id, version, meansNoMoreThan }),
      ...ownAnswer(event, registration, id),
    })),
  };
}

/** What the young person's own consents hold is what is in force: without the guardian's yes, theirs is not kept. */
function ownAnswer(event: EventDefinition<string>, registration: Registration, id: string): { own?: boolean } {
  const own = event.consents.find((each) => each.id === id);
  const guardians = event.minors?.consents.find((each) => each.id === id);
  const isAsked = guardianStep(registration) === undefined && own !== undefined && guardians !== undefined;
  return isAsked && versionAgreed(registration, guardians) !== undefined
    ? { own: hasYes(own, registration.consents) }
    : {};
}

const chaperoneOf = async ({ registrations }: MinorViewDeps, { eventId, minor }: Registration) =>
  minor?.chaperone && registrations.read(eventId, minor.chaperone.reference);

/** The version that the guardian agreed to, if that counts for the one that is asked now. */
const versionAgreed = (
  { minor: { guardianConsents = {} } = {} }: Registration,
  consent: Pick<Consent<string>, 'id' | 'version' | 'meansNoMoreThan'>,
): string | undefined => (hasYes(consent, guardianConsents) ? guardianConsents[consent.id] : undefined);

async function paperView(deps: MinorViewDeps, event: EventDefinition<string>, paper: PaperConsent, caller: Caller) {
  const { recordedBy, confirmedBy, ...said } = paper;
  const nameOf = await teamNames(deps, event.id, [recordedBy, ...(confirmedBy ? [confirmedBy] : [])]);
  return {
    ...said,
    recordedBy: nameOf(recordedBy),
    isOwn: recordedBy === caller.id,
    ...(confirmedBy && { confirmedBy: nameOf(confirmedBy) }),
  };
}

/** Whether what they say comes from a signed paper: they have no page of their own to say it on. */
export const isOnPaper = ({ minor }: Registration): boolean =>
  minor?.guardianLinkVersion === undefined && minor?.guardianConsents !== undefined;

/** How they leave is told by `showHandover` alone. */
async function leavingView(deps: MinorViewDeps, event: EventDefinition<string>, guardian: Guardian) {
  const isConfirmed = handoverInForce(guardian) !== undefined;
  if (guardian.handoverCodeMade === undefined) return { isConfirmed };
  const { by, at } = guardian.handoverCodeMade;
  const nameOf = await teamNames(deps, event.id, [by]);
  return { isConfirmed, codeMadeAt: at, codeMadeBy: nameOf(by) };
}

/** What of them a list shows. */
export function minorRow(registration: Registration) {
  const { reference, fullName, status, mode, days, revision, minor = {} } = registration;
  const { answerBy, chaperone, guardianMail, handoverWaiting } = minor;
  const step = guardianStep(registration) ?? ('complete' as const);
  return {
    reference,
    name: fullName,
    status,
    step,
    answerBy,
    ...(step === 'complete' && { mode }),
    days: [...days],
    chaperone,
    ...(handoverWaiting && { handoverWaiting }),
    ...(step === 'asked' && isUnreachable(guardianMail) && { guardianUnreachable: true as const }),
    revision,
  };
}

/** @throws ProblemError `second-person` for the member who was the first, under whatever account their address is known of */
export async function requireSecondPerson(
  { roles }: Pick<Needs<'roles'>, 'roles'>,
  eventId: string,
  firstId: string,
  { id }: Pick<Caller, 'id'>,
): Promise<void> {
  const [first, second] = await Promise.all([roles.read(eventId, firstId), roles.read(eventId, id)]);
  if (firstId === id || isSameMailbox(first?.email, second?.email)) throw new ProblemError('second-person');
}
