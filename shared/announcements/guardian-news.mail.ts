import { isCalledOff } from '../event/event-standing.ts';
import { contact, daysOf } from '../event/mail-blocks.ts';
import type { Needs } from '../kernel/parts.store.ts';
import { paragraph } from '../mail/letter/content.ts';
import { calledInSubject, makeLetter, type Obstacle } from '../mail/letter/letter.ts';
import type { OutboxMessage } from '../mail/outbox/message.schema.ts';
import { type GuardianData, guardianData } from '../minors/consent/guardian.mail.ts';
import { guardianStep } from '../minors/young.ts';
import { isToCurrentGuardian } from '../registration/mailed-change.ts';
import { loadRegistration } from '../registration/registration.mail.ts';
import type { RegistrationWithEvent } from '../registration/registration.store.ts';
import { isStillToldToGuardian, type StillToldDeps } from './announced-message.case.ts';
import type { Announcement } from './announcement.schema.ts';
import { isFor } from './announcement.ts';
import { type StatusKind, tellsStatus } from './told.ts';

type Deps = StillToldDeps & Needs<'announcements' | 'registrations' | 'siteUrl'>;

/** What became of an event, told to a minor's guardian. */
export interface GuardianNewsData extends GuardianData {
  readonly what: StatusKind;
  /** Whether they have not decided yet. */
  readonly isAsked: boolean;
}

/**
 * To a minor's guardian, whether and when the event takes place, as everyone else is told, and as it stands now; it names nobody: nothing
 * where it is so no more, where another adult is their guardian by now, or where the registration has ended.
 */
export const guardianEventStatus = makeLetter({
  load: loadNews,
  current({ registration, announcement }, { createdAt }, deps: Deps) {
    const { guardianLinkVersion, guardianChange } = registration.minor ?? {};
    const isTheirs = guardianLinkVersion !== undefined && isToCurrentGuardian(guardianChange, createdAt);
    return isTheirs && isFor(announcement, registration) && isStillToldToGuardian(deps, announcement, registration);
  },
  data: async (deps: Deps, found): Promise<GuardianNewsData> => ({
    ...(await guardianData(deps, found)),
    what: found.announcement.kind,
    isAsked: guardianStep(found.registration) === 'asked',
  }),
  write(data, t) {
    const { event, what, isAsked, links } = data;
    const isOff = isCalledOff(event);
    return {
      subject: t(`${what}.subject`, { event: calledInSubject(event) }),
      title: t(`${what}.title`),
      blocks: [
        paragraph(t(`guardian-event.${what}.intro`, { event: event.title })),
        ...(isOff ? [] : [{ kind: 'facts', facts: [daysOf(event.days, data, t)] } as const]),
        paragraph(t('guardian-event.why')),
        paragraph(t(`guardian-event.${what}.next`)),
        // Nobody is asked to agree to what does not take place.
        ...(isAsked && isOff
          ? []
          : [
              paragraph(t(isAsked ? 'guardian-event.decide' : 'guardian-event.withdraw')),
              {
                kind: 'button',
                label: t(isAsked ? 'guardian-request.button' : 'guardian-receipt.button'),
                url: links.consent,
              } as const,
            ]),
        ...contact(data, t),
      ],
    };
  },
});

interface Found extends RegistrationWithEvent {
  readonly announcement: Announcement & { readonly kind: StatusKind };
}

async function loadNews(deps: Deps, message: OutboxMessage): Promise<Found | Obstacle> {
  const [found, announcement] = await Promise.all([
    loadRegistration(deps, message),
    deps.announcements.read(message.eventId, message.announcement ?? ''),
  ]);
  if ('obstacle' in found) return found;
  if (announcement === undefined || !isAboutStatus(announcement)) return { obstacle: 'superseded' };
  return { ...found, announcement };
}

const isAboutStatus = <Of extends Announcement>(announcement: Of): announcement is Of & Found['announcement'] =>
  tellsStatus(announcement.kind);
