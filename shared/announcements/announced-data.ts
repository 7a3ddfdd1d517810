import type { AttendanceMode } from '../event/event.ts';
import type { ProgrammeChange } from '../event/known-programme.schema.ts';
import type { AnnouncementKind } from '../mail/kinds.ts';
import type { Letter } from '../mail/letter/letter.ts';
import type { RegistrationData, TicketData } from '../registration/mail-blocks.ts';
import type { Announcement } from './announcement.schema.ts';

/** One mail of an announcement, about its reader's registration, or about people of a coordinator's delegation. */
export interface AnnouncedData extends RegistrationData {
  readonly announcement: Announcement;
  /** Names of those about whom it is, where it goes to the coordinator of their delegation. */
  readonly concerned?: readonly string[] | undefined;
  /** How they wished to take part, which is not how they do where the event has moved online. */
  readonly wished?: AttendanceMode | undefined;
  /** Of attendees with a seat, where the ticket comes along. */
  readonly ticket?: TicketData['ticket'] | undefined;
  /** Of one about the programme: what of it its reader has to be told. */
  readonly changes?: readonly ProgrammeChange[] | undefined;
  readonly oneClick?: string | undefined;
  readonly links: RegistrationData['links'] & {
    /** Of mail that its reader can do without: where they stop it, a secret. */
    readonly unsubscribe?: string | undefined;
    /** What there is for them after the event, each where there is one: secrets. */
    readonly afterwards?: AfterwardsLinks | undefined;
  };
}

export interface AfterwardsLinks {
  readonly feedback?: string;
  readonly certificate?: string;
}

declare module '../kernel/parts.store.ts' {
  interface Parts {
    /** What announcements say: of an event that was called off, a mail about a registration says it in its own place. */
    readonly announcementLetters: Readonly<Record<AnnouncementKind, Pick<Letter<never, AnnouncedData>, 'write'>>>;
  }
}
