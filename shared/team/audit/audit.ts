/** In which groups what is noted is looked up: few, so that each is one range of an index. */
export const AUDIT_KINDS = [
  ...(['did', 'saw', 'exported', 'sent', 'set-up', 'roles', 'devices', 'care', 'safeguarding'] as const),
] as const;
export type AuditKind = (typeof AUDIT_KINDS)[number];

/** Who did what was done in a terminal, by those who may write the tables. */
export const COMMAND_LINE = 'command-line';

/** An action, with `person` where it is about one person: it is noted with their registration, by which it is found. */
interface Noted {
  readonly kind: AuditKind;
  readonly of?: 'person';
}

const of = <const Kind extends AuditKind>(kind: Kind) => ({ kind, of: 'person' }) as const;

/** What is noted of those who run an event. */
const NOTED = {
  approve: of('did'),
  decline: of('did'),
  'take-back-decline': of('did'),
  'ask-applicant': of('did'),
  'hand-over': of('did'),
  'take-over': of('did'),
  'give-back': of('did'),
  cancel: of('did'),
  'move-up': of('did'),
  'add-to-session': of('did'),
  'preview-bulk': { kind: 'saw' },
  'start-bulk': { kind: 'did' },
  // Of the whole change, or of one person of it.
  'take-back-bulk': { kind: 'did' },
  tag: of('did'),
  untag: of('did'),
  'write-note': of('did'),
  'remove-note': of('did'),
  'write-tag': { kind: 'set-up' },
  'remove-tag': { kind: 'set-up' },
  'write-view': { kind: 'set-up' },
  'remove-view': { kind: 'set-up' },
  substitute: of('did'),
  'correct-address': of('did'),
  'correct-name': of('did'),
  amend: of('did'),
  // The same, and the person got no mail of it.
  'amend-untold': of('did'),
  add: of('did'),
  'register-on-behalf': of('did'),
  'walk-in': of('did'),
  link: of('did'),
  'replace-ticket': of('did'),
  'revoke-certificate': of('did'),
  'restore-certificate': of('did'),
  'send-again': of('sent'),
  export: { kind: 'exported' },
  'load-people': { kind: 'saw' },
  'name-not-here': { kind: 'saw' },
  'read-greeted': { kind: 'saw' },
  greet: of('did'),
  'stop-greeting': of('did'),
  'find-address': of('saw'),
  'export-addresses': { kind: 'exported' },
  'read-minor': of('safeguarding'),
  'list-minors': { kind: 'safeguarding' },
  'record-paper': of('safeguarding'),
  'confirm-paper': of('safeguarding'),
  'reject-paper': of('safeguarding'),
  'withdraw-for-guardian': of('safeguarding'),
  'read-handover': of('safeguarding'),
  'accept-handover': of('safeguarding'),
  'refuse-handover': of('safeguarding'),
  'reopen-handover': of('safeguarding'),
  'note-handover': of('safeguarding'),
  'confirm-handover': of('safeguarding'),
  'reject-handover': of('safeguarding'),
  'make-handover-code': of('safeguarding'),
  'name-chaperone': of('safeguarding'),
  'ask-chaperone': of('safeguarding'),
  'propose-vetting': of('safeguarding'),
  'withdraw-vetting': of('safeguarding'),
  'vet-chaperone': of('safeguarding'),
  'end-vetting': of('safeguarding'),
  'list-reports': { kind: 'safeguarding' },
  'read-report': { kind: 'safeguarding' },
  'step-report': { kind: 'safeguarding' },
  'list-needs': { kind: 'care' },
  'arrange-need': of('care'),
  'reopen-need': of('care'),
  'change-capacity': { kind: 'set-up' },
  'release-seats': { kind: 'set-up' },
  'change-window': { kind: 'set-up' },
  'change-session': { kind: 'set-up' },
  'change-status': { kind: 'set-up' },
  'change-definition': { kind: 'set-up' },
  'copy-event': { kind: 'set-up' },
  'delete-rehearsal': { kind: 'set-up' },
  publish: { kind: 'set-up' },
  'make-people': { kind: 'set-up' },
  redrive: { kind: 'sent' },
  'release-mail': { kind: 'sent' },
  'send-message': { kind: 'sent' },
  'stop-message': { kind: 'sent' },
  'change-list': { kind: 'set-up' },
  'remove-list': { kind: 'set-up' },
  'offer-device': { kind: 'devices' },
  'propose-device': { kind: 'devices' },
  'accept-device': { kind: 'devices' },
  'withdraw-device': { kind: 'devices' },
  'revoke-device': { kind: 'devices' },
  'decide-conflict': { kind: 'devices' },
  'bring-scans': { kind: 'devices' },
  'count-scans': { kind: 'devices' },
  'leave-scans': { kind: 'devices' },
  // Of the list, or of one person who is marked alone.
  'mark-came': { kind: 'devices' },
  'take-back-mark': { kind: 'devices' },
  'read-audit': { kind: 'saw' },
  'export-audit': { kind: 'exported' },
  'change-feedback': { kind: 'set-up' },
  'read-texts': { kind: 'saw' },
  invite: { kind: 'set-up' },
  'revoke-invitation': { kind: 'set-up' },
  'invite-member': { kind: 'roles' },
  'accept-member': { kind: 'roles' },
  'withdraw-member': { kind: 'roles' },
  'take-on-roles': { kind: 'roles' },
  'change-roles': { kind: 'roles' },
  'propose-removal': { kind: 'roles' },
  'revoke-roles': { kind: 'roles' },
  'propose-factor-reset': { kind: 'roles' },
  'withdraw-factor-reset': { kind: 'roles' },
  'accept-factor-reset': { kind: 'roles' },
  'reset-factor': { kind: 'roles' },
} as const satisfies Readonly<Record<string, Noted>>;
export type AuditAction = keyof typeof NOTED;

export const AUDIT_ACTIONS = Object.keys(NOTED) as [AuditAction, ...AuditAction[]];

export const kindOf = (action: AuditAction): AuditKind => NOTED[action].kind;

/** Whom an entry is about, by the registration as it is when it is noted. */
export interface Concerned {
  readonly reference: string;
  readonly ageBand?: 'minor' | undefined;
}

/** What an action is noted with. */
export type AboutOf<Action extends AuditAction> = Action extends AuditAction
  ? (typeof NOTED)[Action] extends { readonly of: 'person' }
    ? Concerned
    : Action extends 'take-back-bulk' | 'mark-came' | 'take-back-mark'
      ? Concerned | string
      : string
  : never;
