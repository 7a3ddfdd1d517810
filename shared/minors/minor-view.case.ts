import { teamNames } from '../care/team-names.case.ts';
import type { EventDefinition } from '../event/event.ts';
import type { Needs } from '../kernel/parts.store.ts';
import { isUnreachable } from '../mail/fate/mail-state.ts';
import type { Registration } from '../registration/registration.schema.ts';
import type { Caller } from '../team/role/permitted.case.ts';
import { chaperoneRows } from './chaperone/chaperone-row.case.ts';
import type { Guardian, PaperConsent } from './consent/guardian.schema.ts';
import { handoverInForce } from './handover/handover.ts';
import type { MinorView } from './minors.schema.ts';
import { guardianStep } from './young.ts';

type Deps = Needs<'registrations' | 'roles' | 'system' | 'young'>;

/** Someone under 18 with their guardian, as those see them who look after children: reads `Care`. */
export async function minorView(
  deps: Deps,
  event: EventDefinition<string>,
  registration: Registration,
  caller: Caller,
): Promise<MinorView> {
  const guardian = await deps.young.readGuardian(registration);
  if (guardian === undefined) throw new Error('a minor has no guardian');
  const { name, email, phone, askedAt, agreedAt, paper } = guardian;
  const adult = await chaperoneOf(deps, registration);
  return {
    ...rowOf(registration),
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
    consents: (event.minors?.consents ?? []).map(({ id, version, title, agreement, required }) => ({
      id,
      version,
      title,
      agreement,
      required,
      agreed: versionAgreed(registration, id),
      ...ownAnswer(event, registration, id),
    })),
  };
}

/** What the young person's own consents hold is what is in force: without the guardian's yes, theirs is not kept. */
function ownAnswer(event: EventDefinition<string>, registration: Registration, id: string): { own?: boolean } {
  const isAsked = guardianStep(registration) === undefined && event.consents.some((each) => each.id === id);
  return isAsked && versionAgreed(registration, id) !== undefined
    ? { own: Object.hasOwn(registration.consents, id) }
    : {};
}

const chaperoneOf = async ({ registrations }: Deps, { eventId, chaperone }: Registration) =>
  chaperone && registrations.read(eventId, chaperone.reference);

const versionAgreed = ({ guardianConsents = {} }: Registration, id: string): string | undefined =>
  Object.hasOwn(guardianConsents, id) ? guardianConsents[id] : undefined;

async function paperView(deps: Deps, event: EventDefinition<string>, paper: PaperConsent, caller: Caller) {
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
export const isOnPaper = ({ guardianLinkVersion, guardianConsents }: Registration): boolean =>
  guardianLinkVersion === undefined && guardianConsents !== undefined;

/** How they leave is told by `showHandover` alone. */
async function leavingView(deps: Deps, event: EventDefinition<string>, guardian: Guardian) {
  const isConfirmed = handoverInForce(guardian) !== undefined;
  if (guardian.handoverCodeMade === undefined) return { isConfirmed };
  const { by, at } = guardian.handoverCodeMade;
  const nameOf = await teamNames(deps, event.id, [by]);
  return { isConfirmed, codeMadeAt: at, codeMadeBy: nameOf(by) };
}

/** What of them a list shows. */
export function rowOf(registration: Registration) {
  const { reference, fullName, status, answerBy, mode, days, chaperone, guardianMail, handoverWaiting, revision } =
    registration;
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
