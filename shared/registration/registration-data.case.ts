import type { CERTIFICATE_ROUTES } from '../certificates/certificates.routes.ts';
import { calendars } from '../event/calendars.ts';
import { asHeld, isCalledOff } from '../event/event-standing.ts';
import { ownSessions } from '../event/sessions.ts';
import type { Handle } from '../kernel/http/handler.case.ts';
import { calendarReply, seeOther } from '../kernel/http/reply.ts';
import { mailWords, mailWordsToYoung } from '../kernel/i18n/mail.store.ts';
import type { Needs } from '../kernel/parts.store.ts';
import { calendarFile } from '../mail/letter/content.ts';
import { eventLinks } from '../mail/letter/event-links.ts';
import type { OutboxMessage } from '../mail/outbox/message.schema.ts';
import { waitingFor } from '../seats/quota.ts';
import { stillToAnswer } from './apply/still-to-answer.ts';
import { holderOf } from './holder-of.case.ts';
import { manageToken } from './link/manage-link.store.ts';
import type { RegistrationData } from './mail-blocks.ts';
import { isAddressProven } from './proven.ts';
import type { RegistrationWithEvent } from './registration.store.ts';

export type DataDeps = Needs<'secrets' | 'siteUrl'>;

/** What every mail about a registration may say, as that stands now. */
export async function dataOf(
  deps: DataDeps,
  { registration, event, language }: RegistrationWithEvent,
  { createdAt: writtenAt, former, byOrganisers }: Pick<OutboxMessage, 'createdAt' | 'former' | 'byOrganisers'>,
): Promise<RegistrationData> {
  const { delegation, onBehalf } = registration;
  const unanswered = stillToAnswer(event, registration).length;
  const own = `${deps.siteUrl}/m/${await manageToken(registration, deps.secrets)}`;
  return {
    event,
    registration: { ...asHeld(event, registration), language },
    sessions: ownSessions(event, registration),
    writtenAt,
    ...(former && { former }),
    ...(byOrganisers && { byOrganisers }),
    // Of a minor no mail says the name: others may read it with them.
    ...(isAddressProven(registration) && registration.ageBand !== 'minor' && { named: registration.fullName }),
    waitingFor: waitingFor(event, registration),
    // Until they have been on their page, or while something is open there.
    ...(onBehalf &&
      (unanswered > 0 || !isAddressProven(registration)) && {
        onBehalf: { unanswered, answer: `${own}/amend?lang=${language}` },
      }),
    ...(delegation?.throughCoordinator && { about: registration.fullName }),
    links: {
      manage: `${own}?lang=${language}`,
      cancel: `${own}/cancel?lang=${language}`,
      online: `${own}/online?lang=${language}`,
      complete: `${own}/complete?lang=${language}`,
      guardian: `${own}/guardian?lang=${language}`,
      ...(delegation &&
        !delegation.throughCoordinator &&
        !delegation.shown && { coordinator: `${own}?lang=${language}&asks=coordinator` }),
      ...eventLinks(deps, event.id, language),
    },
  };
}

/**
 * The holder's days and sessions for a calendar: the entries that mails bring, by the same names, so that of a file and a mail what was
 * written later counts. It says nothing of its holder.
 */
export const getCalendar =
  (deps: Needs<'registrations' | 'secrets' | 'siteUrl' | 'system'>): Handle<typeof CERTIFICATE_ROUTES.getCalendar> =>
  async ({ params: { token }, language: wanted }) => {
    const held = await holderOf(deps, token, wanted);
    const { event, registration, language } = held;
    const hasSeat = registration.status === 'confirmed' && !isCalledOff(event);
    const t = registration.ageBand === 'minor' ? mailWordsToYoung(language) : mailWords(language);
    const data = await dataOf(deps, held, { createdAt: deps.system.now().toISOString() });
    const [entries] = hasSeat ? calendars(data, t) : [];
    if (entries === undefined) return seeOther(`/m/${token}?lang=${language}`);
    return calendarReply(calendarFile(event.id, entries.method), entries.content);
  };
