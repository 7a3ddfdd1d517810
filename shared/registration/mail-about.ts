import { KINDS, kindsWhere, type MailKind, readerOf } from '../mail/kinds.ts';
import type { OutboxMessage } from '../mail/outbox/message.schema.ts';
import { isToCurrentGuardian } from './mailed-change.ts';
import type { Registration } from './registration.schema.ts';

/** The kinds of mail that are shown to those who run an event under the registration that they are about. */
const KINDS_ABOUT = /* @__PURE__ */ kindsWhere({
  about: ['registration', 'announcement', 'delegation'],
  to: ['holder', 'young', 'former-holder', 'new-address', 'former-address', 'guardian', 'coordinator'],
});
export type KindAbout = (typeof KINDS_ABOUT)[number];

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
const SHOWN_AS: Readonly<Record<LaterKind, KindShown>> = {
  'ask-proof': 'link',
  'seat-released': 'cancelled',
  'address-code': 'link',
  'address-confirm': 'link',
  'address-changed': 'updated',
  'question-asked': 'pending-approval',
};
/** Those of them that it knows by a field of their own; it takes no other there, either. */
export const KINDS_SINCE = ['ask-proof', 'seat-released'] as const satisfies readonly LaterKind[];
type KindSince = (typeof KINDS_SINCE)[number];

const isLater = (kind: KindAbout): kind is LaterKind => kind in SHOWN_AS;
const isSince = (kind: LaterKind): kind is KindSince => (KINDS_SINCE as readonly LaterKind[]).includes(kind);

/** A kind as every console knows it, and by its own name where that is another: one that a console may have no word for. */
export function shownKind(kind: KindAbout): {
  readonly kind: KindShown;
  readonly precisely?: KindSince;
  readonly called?: LaterKind;
} {
  if (!isLater(kind)) return { kind };
  return { kind: SHOWN_AS[kind], ...(isSince(kind) ? { precisely: kind } : { called: kind }) };
}

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
  const { to } = KINDS[kind];
  if (to === 'former-address' || kind === 'substituted' || createdAt < handedOverAt) return 'former-holder';
  // Where the same person says that they are reached.
  if (to === 'new-address') return 'holder';
  return reader === undefined || delegation?.throughCoordinator ? 'coordinator' : 'holder';
}
