import type { Announcement } from '../../announcements/announcement.ts';
import type { StatusKind } from '../../announcements/told.ts';
import type { AttendanceMode, EventDefinition, Session } from '../../event/event.ts';
import type { ProgrammeChange } from '../../event/programme/programme-change.ts';
import type { OrganiserRole } from '../../kernel/access.ts';
import type { Digest } from '../../registration/digest/digest.ts';
import type { Registration } from '../../registration/registration.ts';
import type { WaitingFor } from '../../seats/waiting-for.ts';
import type { RoleGrant } from '../../team/role/organiser-role.ts';
import type { AnnouncementKind, EventMessageKind, GuardianMessageKind, MessageKind } from '../outbox/message.ts';

/**
 * What a message is made from. Nothing in it was typed by the attendee: until they open the link, their address is
 * unproven, and whoever typed it could make us carry their words to a stranger.
 */
export interface MessageData extends EventData {
  readonly registration: Pick<
    Registration,
    'reference' | 'status' | 'language' | 'ageBand' | 'mode' | 'meanwhile' | 'days' | 'unproven'
  >;
  /** Of the programme, what is their own. */
  readonly sessions: readonly Session<string>[];
  /** When this message came about, ISO 8601: later than any earlier one to the same person. */
  readonly writtenAt: string;
  /** Of whoever is on the waiting list. */
  readonly waitingFor?: WaitingFor | undefined;
  /** Whose registration it is, where mail about them goes to the coordinator of their delegation: a proven address. */
  readonly about?: string | undefined;
  readonly links: EventLinks & {
    /** The attendee's own page: a secret. */
    readonly manage: string;
    /** Where they say that they do not come: a secret. */
    readonly cancel: string;
    /** Where they say that they take part online instead of in the room: a secret. */
    readonly online: string;
    /** Where a young person answers the rest, once their guardian has agreed: a secret. */
    readonly complete: string;
    /** Where they say who else is to be asked: a secret. */
    readonly guardian: string;
    /** Of a coordinator who reads it for them: the page of their delegation, a secret. */
    readonly delegation?: string | undefined;
    /** Of mail that its reader can do without: where they stop it, a secret. */
    readonly unsubscribe?: string | undefined;
    /** What there is for them after the event, each where there is one: secrets. */
    readonly afterwards?: { readonly feedback?: string; readonly certificate?: string } | undefined;
  };
}

/** What is left to tell with once a registration was deleted. */
export interface EventData {
  /** In the language of the message. */
  readonly event: EventDefinition<string>;
  readonly registration: Pick<Registration, 'reference' | 'language'>;
  readonly links: EventLinks;
}

interface EventLinks {
  /** The event's public page. */
  readonly event: string;
  /** What a parent or guardian who has no e-mail signs, to print. */
  readonly consentForm: string;
  /** Where the event is run, after signing in. */
  readonly console: string;
  /** What is kept of people, why, and for how long. */
  readonly privacy: string;
}

export interface GuardianData extends EventData {
  readonly links: EventLinks & {
    /** Where a guardian agrees, refuses or withdraws: a secret. */
    readonly consent: string;
  };
}

/** What became of an event, told to a minor's guardian. */
export interface GuardianNewsData extends GuardianData {
  readonly what: StatusKind;
  /** Whether they have not decided yet. */
  readonly isAsked: boolean;
}

export interface GuardianCodeData extends MessageData {
  /** 8 digits of Crockford base32. */
  readonly code: string;
}

export interface ConfirmedData extends MessageData {
  readonly ticket: {
    /** The text of the QR code. */
    readonly code: string;
    /** The ticket's id, 20 characters of Crockford base32. */
    readonly typed: string;
  };
}

/** An invitation to help run an event; its reader has no registration. */
export interface RoleInvitationData {
  /** In the language of the message. */
  readonly event: EventDefinition<string>;
  readonly language: string;
  readonly roles: readonly (OrganiserRole | 'deputy')[];
  readonly links: {
    /** Accepts it: a secret. */
    readonly accept: string;
    readonly privacy: string;
  };
  /** ISO 8601 instant. */
  readonly expiresAt: string;
}

/** Somebody of a team, and what they hold or are to hold. */
export interface Held {
  /** What the team calls them. */
  readonly name?: string | undefined;
  readonly grants: readonly RoleGrant[];
}

/** Who was given which role, told to those in it; or who may see children. */
export interface HeldData {
  /** In the language of the message. */
  readonly event: EventDefinition<string>;
  readonly language: string;
  readonly held: readonly Held[];
  readonly links: {
    /** The team, in the console. */
    readonly team: string;
    readonly privacy: string;
  };
}

/** Of a role that two organisers agreed on. */
export interface OpenedData extends HeldData {
  /** What they are called. */
  readonly by: readonly string[];
  readonly reason?: string | undefined;
  /** ISO 8601 instant. */
  readonly opensAt: string;
}

/** Whose second factor two organisers reset. */
export interface ResetData extends HeldData {
  /** What whoever proposed it, and whoever accepted it, are called. */
  readonly by: readonly [proposer: string | undefined, second?: string | undefined];
  readonly reason?: string | undefined;
}

export interface ResetProposedData extends ResetData {
  /** Between which it can be accepted, ISO 8601 instants. */
  readonly from: string;
  readonly until: string;
}

/** Told to those of another event in which the person answers for children. */
export interface ResetElsewhereData extends ResetData {
  /** Where two organisers reset it. */
  readonly there: {
    readonly title: string;
    /** Who can take the proposal back, as the team calls them. */
    readonly organisers: readonly string[];
    /** Who reaches them. */
    readonly contacts: readonly { readonly name: string; readonly email: string; readonly phone?: string }[];
  };
}

/** Whom, or which phone, two of the team called vetted; told to those of safeguarding. */
export interface VettingData {
  /** In the language of the message. */
  readonly event: EventDefinition<string>;
  readonly language: string;
  /** The chaperone's reference, or what organisers call the phone. */
  readonly name: string;
  /** That day included: `2027-12-31`. */
  readonly vettedUntil: string;
  /** What the two are called. */
  readonly by: readonly string[];
  readonly links: {
    /** Where it is taken back, in the console. */
    readonly children: string;
    readonly privacy: string;
  };
}

/** Who waits for a decision, told to someone who takes them. */
export interface DigestData {
  /** In the language of the message. */
  readonly event: EventDefinition<string>;
  readonly language: string;
  readonly digest: Digest;
  readonly links: {
    /** Those who wait, in the console. */
    readonly list: string;
    readonly privacy: string;
  };
}

/** To whoever sent a form, before they are registered. */
export interface ConfirmFormData {
  /** In the language of the message. */
  readonly event: EventDefinition<string>;
  readonly language: string;
  readonly links: {
    /** Where the form is confirmed: a secret. */
    readonly confirm: string;
    readonly privacy: string;
  };
  /** ISO 8601 instant. */
  readonly until: string;
}

/** Mail to a coordinator, who may have no registration. */
export interface DelegationData {
  /** In the language of the message. */
  readonly event: EventDefinition<string>;
  readonly language: string;
  readonly links: {
    /** The page of the delegation: a secret. */
    readonly delegation: string;
    readonly privacy: string;
  };
  /** Those about whom mail goes to the coordinator, whose address is proven. */
  readonly people: readonly Pick<Registration, 'fullName' | 'status' | 'reference'>[];
}

/** One mail of an announcement, about its reader's registration, or about people of a coordinator's delegation. */
export interface AnnouncedData extends MessageData {
  readonly announcement: Announcement;
  /** Names of those about whom it is, where it goes to the coordinator of their delegation. */
  readonly concerned?: readonly string[] | undefined;
  /** How they wished to take part, which is not how they do where the event has moved online. */
  readonly wished?: AttendanceMode | undefined;
  /** Of whoever has a seat, where their ticket comes along. */
  readonly ticket?: ConfirmedData['ticket'] | undefined;
  /** Of one about the programme: what of it its reader has to be told. */
  readonly changes?: readonly ProgrammeChange[] | undefined;
}

/** What each kind of message needs. */
export type MessageDataOf = {
  readonly [K in MessageKind]: K extends keyof SpecialData ? SpecialData[K] : DataOf<K>;
};

type DataOf<K> = K extends GuardianMessageKind
  ? GuardianData
  : K extends EventMessageKind
    ? EventData
    : K extends AnnouncementKind
      ? AnnouncedData
      : MessageData;

interface SpecialData {
  readonly confirmed: ConfirmedData;
  readonly promoted: ConfirmedData;
  readonly 'guardian-code': GuardianCodeData;
  readonly 'guardian-event-status': GuardianNewsData;
  /** With the ticket if there is one. */
  readonly updated: MessageData | ConfirmedData;
  readonly 'confirm-registration': ConfirmFormData;
  readonly 'delegation-link': DelegationData;
  readonly 'delegation-registered': DelegationData;
  readonly 'role-invitation': RoleInvitationData;
  readonly 'role-granted': HeldData;
  readonly 'role-opened': OpenedData;
  readonly 'who-sees-children': HeldData;
  readonly 'factor-reset-proposed': ResetProposedData;
  readonly 'factor-reset-done': ResetData;
  readonly 'factor-reset-proposed-elsewhere': ResetProposedData & ResetElsewhereData;
  readonly 'factor-reset-done-elsewhere': ResetElsewhereData;
  readonly 'chaperone-vetted': VettingData;
  readonly 'device-vetted': VettingData;
  readonly digest: DigestData;
  /** About a reader who is made up. */
  readonly 'message-test': AnnouncedData;
}
