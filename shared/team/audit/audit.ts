import type { RoleGrant } from '../role/organiser-role.ts';

/** What is noted of those who run an event. */
export const AUDIT_ACTIONS = [
  'approve',
  'decline',
  'substitute',
  'correct-address',
  'correct-name',
  'add',
  'walk-in',
  'link',
  'replace-ticket',
  'revoke-certificate',
  'restore-certificate',
  'send-again',
  'export',
  'read-minor',
  'list-minors',
  'record-paper',
  'confirm-paper',
  'reject-paper',
  'withdraw-for-guardian',
  'read-handover',
  'accept-handover',
  'refuse-handover',
  'reopen-handover',
  'note-handover',
  'confirm-handover',
  'reject-handover',
  'make-handover-code',
  'name-chaperone',
  'ask-chaperone',
  'propose-vetting',
  'withdraw-vetting',
  'vet-chaperone',
  'end-vetting',
  'list-reports',
  'read-report',
  'step-report',
  'list-needs',
  'arrange-need',
  'reopen-need',
  'change-capacity',
  'release-seats',
  'change-window',
  'change-session',
  'change-status',
  'send-message',
  'stop-message',
  'change-list',
  'remove-list',
  'offer-device',
  'propose-device',
  'accept-device',
  'withdraw-device',
  'revoke-device',
  'decide-conflict',
  'bring-scans',
  'count-scans',
  'leave-scans',
  'change-feedback',
  'read-texts',
  'invite',
  'revoke-invitation',
  'invite-member',
  'accept-member',
  'withdraw-member',
  'take-on-roles',
  'propose-removal',
  'revoke-roles',
  'propose-factor-reset',
  'withdraw-factor-reset',
  'accept-factor-reset',
  'reset-factor',
] as const;
export type AuditAction = (typeof AUDIT_ACTIONS)[number];

/** Who did, saw or exported what, and when; never what it said. */
export interface AuditEntry {
  /** 128 random bits, base64url. */
  readonly id: string;
  readonly eventId: string;
  /** ISO 8601. */
  readonly at: string;
  /** A member; see `shared/kernel/dynamo/member-id.store.ts`. */
  readonly by: string;
  readonly action: AuditAction;
  /** The reference of a registration, or the id of a quota, session, check-in list, device, feedback form, invitation or member. */
  readonly about?: string | undefined;
  /** Which roles it gives, accepts or takes back, and until when. */
  readonly grants?: readonly RoleGrant[] | undefined;
  /** For whom: what the team calls them. */
  readonly label?: string | undefined;
  /** Until when a chaperone, or whoever holds a phone, was vetted; absent where they are not any more. */
  readonly vettedUntil?: string | undefined;
  /** Of a look, or of opening a code that was locked: why, in the words of whoever did so. */
  readonly why?: string | undefined;
}
