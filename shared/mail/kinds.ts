/** Whose address a mail goes to. */
export type Addressee =
  | 'holder'
  /** Who gave it as an address of a minor, whosever registration it turns out to hold: it says the same to all (AU9). */
  | 'young'
  /** Whose registration went to another person, or is deleted. */
  | 'former-holder'
  /** Where an attendee says they are reached, before anyone pressed there. */
  | 'new-address'
  /** Where an attendee was reached before they changed it. */
  | 'former-address'
  /** A minor's parent or guardian. */
  | 'guardian'
  /** Of a delegation. */
  | 'coordinator'
  /** Who sent a form, before they are registered. */
  | 'applicant'
  /** Who is to join the team. */
  | 'invitee'
  /** Of the team: who holds which role, and how they sign in. */
  | 'member'
  /** Of the team: who takes decisions. */
  | 'decider'
  /** Of the team: who wrote what is to be sent to many. */
  | 'author'
  /** Who reads reports, or is to see that they are read. */
  | 'report-reader'
  /** Whom the event names for safeguarding. */
  | 'focal-point';

/** What `reference` of a message names, and what else it is written from. */
type Subject =
  | 'registration'
  /** `announcement` says which; `reference` is a reader's registration. One thing is told to many. */
  | 'announcement'
  /** What was deleted: it is written from the event alone. */
  | 'erasure'
  | 'delegation'
  /** A form that waits to be confirmed. */
  | 'form'
  | 'report'
  | 'team'
  | 'invitation'
  | 'device'
  | 'digest';

interface Kind {
  readonly to: Addressee;
  readonly about: Subject;
  /** `first`: its readers have so long to object, and told a turn later it would be told too late. `later`: after whatever cannot wait. */
  readonly urgency: 'first' | 'now' | 'later';
  /** Whether its reader can do without, and stop it: nothing that they need to come, and no change, is told by it alone. */
  readonly optional: boolean;
  /**
   * How often anyone who knows an address can have it mailed there, by a form: `once` for what tells of the step that a form takes; `again`,
   * within intervals, for what says how things stand, and leads there.
   */
  readonly repeats: 'no' | 'once' | 'again';
}

/** The kinds of mail Plenary sends: what is known of each without its words, which the outbox alone loads. */
export const KINDS = {
  confirmed: { to: 'holder', about: 'registration', urgency: 'now', optional: false, repeats: 'once' },
  'pending-approval': { to: 'holder', about: 'registration', urgency: 'now', optional: false, repeats: 'once' },
  waitlisted: { to: 'holder', about: 'registration', urgency: 'now', optional: false, repeats: 'once' },
  'question-asked': { to: 'holder', about: 'registration', urgency: 'now', optional: false, repeats: 'no' },
  promoted: { to: 'holder', about: 'registration', urgency: 'now', optional: false, repeats: 'no' },
  updated: { to: 'holder', about: 'registration', urgency: 'now', optional: false, repeats: 'no' },
  declined: { to: 'holder', about: 'registration', urgency: 'now', optional: false, repeats: 'no' },
  'already-registered': { to: 'holder', about: 'registration', urgency: 'now', optional: false, repeats: 'again' },
  link: { to: 'holder', about: 'registration', urgency: 'now', optional: false, repeats: 'again' },
  cancelled: { to: 'holder', about: 'registration', urgency: 'now', optional: false, repeats: 'no' },
  'pending-guardian': { to: 'young', about: 'registration', urgency: 'now', optional: false, repeats: 'again' },
  'pending-paper': { to: 'young', about: 'registration', urgency: 'now', optional: false, repeats: 'again' },
  'guardian-agreed': { to: 'holder', about: 'registration', urgency: 'now', optional: false, repeats: 'no' },
  'chaperone-request': { to: 'holder', about: 'registration', urgency: 'now', optional: false, repeats: 'no' },
  'guardian-unreachable': { to: 'holder', about: 'registration', urgency: 'now', optional: false, repeats: 'no' },
  'guardian-code': { to: 'holder', about: 'registration', urgency: 'now', optional: false, repeats: 'no' },
  'address-code': { to: 'holder', about: 'registration', urgency: 'now', optional: false, repeats: 'again' },
  'address-confirm': { to: 'new-address', about: 'registration', urgency: 'now', optional: false, repeats: 'again' },
  'address-changed': { to: 'former-address', about: 'registration', urgency: 'first', optional: false, repeats: 'no' },
  'ask-proof': { to: 'holder', about: 'registration', urgency: 'now', optional: false, repeats: 'no' },
  'seat-released': { to: 'holder', about: 'registration', urgency: 'now', optional: false, repeats: 'no' },
  'guardian-request': { to: 'guardian', about: 'registration', urgency: 'now', optional: false, repeats: 'once' },
  'guardian-reminder': { to: 'guardian', about: 'registration', urgency: 'later', optional: false, repeats: 'no' },
  'guardian-receipt': { to: 'guardian', about: 'registration', urgency: 'now', optional: false, repeats: 'no' },
  'guardian-event-status': { to: 'guardian', about: 'announcement', urgency: 'later', optional: false, repeats: 'no' },
  'guardian-refused': { to: 'former-holder', about: 'erasure', urgency: 'now', optional: false, repeats: 'no' },
  'guardian-expired': { to: 'former-holder', about: 'erasure', urgency: 'now', optional: false, repeats: 'no' },
  'consent-withdrawn': { to: 'former-holder', about: 'erasure', urgency: 'now', optional: false, repeats: 'no' },
  erased: { to: 'former-holder', about: 'erasure', urgency: 'now', optional: false, repeats: 'no' },
  'delegation-erased': { to: 'coordinator', about: 'erasure', urgency: 'now', optional: false, repeats: 'no' },
  'report-received': { to: 'report-reader', about: 'report', urgency: 'now', optional: false, repeats: 'no' },
  'vetting-lapsed': { to: 'report-reader', about: 'team', urgency: 'now', optional: false, repeats: 'no' },
  'readers-gone': { to: 'report-reader', about: 'team', urgency: 'now', optional: false, repeats: 'no' },
  'deputies-gone': { to: 'report-reader', about: 'team', urgency: 'now', optional: false, repeats: 'no' },
  'paper-awaited': { to: 'focal-point', about: 'registration', urgency: 'now', optional: false, repeats: 'no' },
  'chaperone-ended': { to: 'focal-point', about: 'registration', urgency: 'now', optional: false, repeats: 'no' },
  'confirm-registration': { to: 'applicant', about: 'form', urgency: 'now', optional: false, repeats: 'again' },
  'delegation-link': { to: 'coordinator', about: 'delegation', urgency: 'now', optional: false, repeats: 'again' },
  'delegation-registered': { to: 'coordinator', about: 'delegation', urgency: 'now', optional: false, repeats: 'no' },
  'reminder-week': { to: 'holder', about: 'announcement', urgency: 'later', optional: true, repeats: 'no' },
  'reminder-day': { to: 'holder', about: 'announcement', urgency: 'later', optional: true, repeats: 'no' },
  'thank-you': { to: 'holder', about: 'announcement', urgency: 'later', optional: true, repeats: 'no' },
  'organiser-message': { to: 'holder', about: 'announcement', urgency: 'later', optional: true, repeats: 'no' },
  'event-postponed': { to: 'holder', about: 'announcement', urgency: 'later', optional: false, repeats: 'no' },
  'event-cancelled': { to: 'holder', about: 'announcement', urgency: 'later', optional: false, repeats: 'no' },
  'event-moved-online': { to: 'holder', about: 'announcement', urgency: 'later', optional: false, repeats: 'no' },
  'event-rescheduled': { to: 'holder', about: 'announcement', urgency: 'later', optional: false, repeats: 'no' },
  'programme-changed': { to: 'holder', about: 'announcement', urgency: 'later', optional: false, repeats: 'no' },
  substituted: { to: 'former-holder', about: 'registration', urgency: 'now', optional: false, repeats: 'no' },
  'role-invitation': { to: 'invitee', about: 'invitation', urgency: 'now', optional: false, repeats: 'no' },
  'role-granted': { to: 'member', about: 'team', urgency: 'now', optional: false, repeats: 'no' },
  'role-opened': { to: 'member', about: 'invitation', urgency: 'first', optional: false, repeats: 'no' },
  'who-sees-children': { to: 'member', about: 'team', urgency: 'later', optional: false, repeats: 'no' },
  'factor-reset-proposed': { to: 'member', about: 'team', urgency: 'first', optional: false, repeats: 'no' },
  'factor-reset-done': { to: 'member', about: 'team', urgency: 'now', optional: false, repeats: 'no' },
  'factor-reset-proposed-elsewhere': { to: 'member', about: 'team', urgency: 'first', optional: false, repeats: 'no' },
  'factor-reset-done-elsewhere': { to: 'member', about: 'team', urgency: 'now', optional: false, repeats: 'no' },
  'chaperone-vetted': { to: 'member', about: 'registration', urgency: 'now', optional: false, repeats: 'no' },
  'device-vetted': { to: 'member', about: 'device', urgency: 'now', optional: false, repeats: 'no' },
  digest: { to: 'decider', about: 'digest', urgency: 'later', optional: false, repeats: 'no' },
  'message-test': { to: 'author', about: 'announcement', urgency: 'now', optional: false, repeats: 'no' },
} as const satisfies Readonly<Record<string, Kind>>;

type Kinds = typeof KINDS;
export type MailKind = keyof Kinds;
export const MAIL_KINDS = Object.keys(KINDS) as readonly MailKind[];

/** Of each column, what it may hold. */
type Wanted = { readonly [Column in keyof Kind]?: readonly Kind[Column][] };

export type KindWhere<W extends Wanted> = {
  [K in MailKind]: Kinds[K] extends { readonly [C in keyof W]: W[C] extends readonly (infer Value)[] ? Value : never }
    ? K
    : never;
}[MailKind];

export const kindsWhere = <const W extends Wanted>(wanted: W): readonly KindWhere<W>[] =>
  MAIL_KINDS.filter((kind): kind is KindWhere<W> =>
    Object.entries(wanted).every(([column, values]) =>
      (values as readonly unknown[]).includes(KINDS[kind][column as keyof Kind]),
    ),
  );

/** Mail about one thing to many; `announcement` says which, `reference` to whom. */
export const ANNOUNCEMENT_KINDS = /* @__PURE__ */ kindsWhere({ about: ['announcement'], to: ['holder'] });
export type AnnouncementKind = (typeof ANNOUNCEMENT_KINDS)[number];

/** What tells that there is something to do, and where to look, to those who look after children. */
export type FocalPointKind = KindWhere<{ readonly to: readonly ('focal-point' | 'report-reader')[] }>;

/** What is told of a registration when nothing of it is left. */
export type FarewellKind = KindWhere<{ readonly to: readonly 'former-holder'[] }>;

/** Whose address a mail about a registration goes to: its holder's, or a minor's guardian's; nothing for mail about none. */
export function readerOf(kind: MailKind): 'holder' | 'guardian' | undefined {
  const { to } = KINDS[kind];
  if (to === 'guardian') return to;
  return to === 'holder' || to === 'young' ? 'holder' : undefined;
}

const isTo =
  (...addressees: readonly Addressee[]) =>
  (kind: MailKind): boolean =>
    addressees.includes(KINDS[kind].to);

export const isForReportReader = isTo('report-reader');
export const isForFocalPoint = isTo('focal-point', 'report-reader');

/** Whether it goes to an address that an organiser gave to be told at: no stranger typed it, nor decides on it. */
export const isForTeam = isTo('member', 'decider', 'author', 'focal-point', 'report-reader');

/** Whether a mail leaves before others: tickets and links before what reminds or tells many. */
export type Urgency = 'now' | 'later';

export const urgencyOf = (kind: MailKind): Urgency => (KINDS[kind].urgency === 'later' ? 'later' : 'now');

/** Who comes first where one person is mailed much: what is told once, as a ticket; what can be asked for again, as a link; what can wait. */
export const MAIL_RANKS = ['own', 'repeated', 'later'] as const;
export type MailRank = (typeof MAIL_RANKS)[number];

/** Mail to the team is counted apart, each kind by itself. */
export function rankOf(kind: MailKind): MailRank {
  if (isForTeam(kind)) return 'own';
  if (urgencyOf(kind) === 'later') return 'later';
  return KINDS[kind].repeats === 'again' ? 'repeated' : 'own';
}
