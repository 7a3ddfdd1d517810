import { kindsWhere, type MailKind, readerOf } from '../mail/kinds.ts';
import type { OutboxMessage } from '../mail/outbox/message.schema.ts';
import { isToCurrentGuardian } from './guardian-change.ts';
import type { Registration } from './registration.schema.ts';

/** The kinds of mail that are shown to those who run an event under the registration that they are about. */
const KINDS_ABOUT = /* @__PURE__ */ kindsWhere({
  about: ['registration', 'announcement', 'delegation'],
  to: ['holder', 'young', 'former-holder', 'guardian', 'coordinator'],
});
type KindAbout = (typeof KINDS_ABOUT)[number];

/** Those that the console of the first release knows; it knows no other, so none is added. */
export const KINDS_SHOWN = [
  ...['confirmed', 'pending-approval', 'waitlisted', 'promoted', 'updated', 'declined', 'already-registered'],
  ...['link', 'cancelled', 'pending-guardian', 'pending-paper', 'guardian-agreed', 'chaperone-request'],
  ...['guardian-unreachable', 'guardian-code', 'guardian-request', 'guardian-reminder', 'guardian-receipt'],
  ...['guardian-event-status', 'delegation-link', 'delegation-registered', 'reminder-week', 'reminder-day'],
  ...['thank-you', 'organiser-message', 'event-postponed', 'event-cancelled', 'event-moved-online'],
  ...['event-rescheduled', 'programme-changed', 'substituted'],
] as const satisfies readonly KindAbout[];
type KindShown = (typeof KINDS_SHOWN)[number];

type LaterKind = Exclude<KindAbout, KindShown>;
/** As what that console shows the kinds that came later: each has a line. */
const SHOWN_AS: Readonly<Record<LaterKind, KindShown>> = { 'ask-proof': 'link', 'seat-released': 'cancelled' };
export const KINDS_SINCE = Object.keys(SHOWN_AS) as LaterKind[];

const isLater = (kind: KindAbout): kind is LaterKind => kind in SHOWN_AS;

/** A kind as every console knows it, and by its own name where that is another. */
export const shownKind = (kind: KindAbout): { readonly kind: KindShown; readonly precisely?: LaterKind } =>
  isLater(kind) ? { kind: SHOWN_AS[kind], precisely: kind } : { kind };

/** Whom a mail went to, as seen from the registration as it stands: others may have had it, or been its guardian, before. */
export const MAIL_READERS = ['holder', 'former-holder', 'guardian', 'former-guardian', 'coordinator'] as const;
type MailReader = (typeof MAIL_READERS)[number];

export interface MailAbout {
  readonly message: OutboxMessage & { readonly kind: KindAbout };
  readonly to: MailReader;
}

/**
 * The mail about an attendee, newest first.
 *
 * @param messages all that name the registration, or the delegation through whose coordinator it is reached
 */
export function mailAbout(registration: Registration, messages: readonly OutboxMessage[]): readonly MailAbout[] {
  const shown = messages.filter(isShown).toSorted((a, b) => (a.createdAt < b.createdAt ? 1 : -1));
  const handedOverAt = shown.find(({ kind }) => kind === 'substituted')?.createdAt ?? '';
  return shown.map((message) => ({ message, to: readerIn(registration, message, handedOverAt) }));
}

const isShown = (message: OutboxMessage): message is MailAbout['message'] =>
  (KINDS_ABOUT as readonly MailKind[]).includes(message.kind);

/** @param handedOverAt when the place last went to another person; the former attendee is told in the same moment, and first */
function readerIn(
  { minor, delegation }: Registration,
  { kind, createdAt }: OutboxMessage,
  handedOverAt: string,
): MailReader {
  const reader = readerOf(kind);
  if (reader === 'guardian')
    return isToCurrentGuardian(minor?.guardianChange, createdAt) ? 'guardian' : 'former-guardian';
  if (kind === 'substituted' || createdAt < handedOverAt) return 'former-holder';
  return reader === undefined || delegation?.throughCoordinator ? 'coordinator' : 'holder';
}
