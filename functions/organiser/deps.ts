import { KMSClient } from '@aws-sdk/client-kms';
import { type AnnouncementStore, announcementStore } from '../../shared/announcements/announcement.store.ts';
import { type EventStore, eventStore } from '../../shared/event/event.store.ts';
import type { EventDefinition } from '../../shared/event/event.ts';
import { listEvents } from '../../shared/event/event-list.store.ts';
import type { PublishingDeps } from '../../shared/event/publish/deps.case.ts';
import { documentClient } from '../../shared/kernel/dynamo/client.store.ts';
import { type TransactItem, transact, writeAll } from '../../shared/kernel/dynamo/transact.store.ts';
import { NO_USER_POOL, readEnvironment } from '../../shared/kernel/env.ts';
import { kmsSecrets, type Secrets } from '../../shared/kernel/keys/secrets.store.ts';
import { realSystem, type System } from '../../shared/kernel/system.store.ts';
import { type MailStore, mailStore } from '../../shared/mail/account/read-mail-account.store.ts';
import { type MessagesAbout, messagesAbout } from '../../shared/mail/outbox/messages-about.store.ts';
import { type ChangeStore, changeStore } from '../../shared/registration/change.store.ts';
import { type InvitationStore, invitationStore } from '../../shared/registration/invitation/invitation.store.ts';
import { readRegistrations } from '../../shared/registration/list/read-registrations.store.ts';
import { listRegistrations } from '../../shared/registration/list/registration-list.store.ts';
import { type LockStore, lockStore } from '../../shared/registration/lock.store.ts';
import { type RegistrationStore, registrationStore } from '../../shared/registration/registration.store.ts';
import type { Registration } from '../../shared/registration/registration.ts';
import type { UnprovenSeat } from '../../shared/seats/unproven-seat.ts';
import { readUnprovenSeats } from '../../shared/seats/unproven-seats.store.ts';
import type { WaitlistEntry } from '../../shared/seats/waitlist-item.store.ts';
import { waitlistPages } from '../../shared/seats/waitlist-pages.store.ts';
import { type RoleInvitationStore, roleInvitationStore } from '../../shared/team/invitation/role-invitation.store.ts';
import { type RoleStore, roleStore } from '../../shared/team/role/role.store.ts';
import { type Accounts, cognitoAccounts } from '../../shared/team/second-factor/accounts.case.ts';
import { manifest } from './function.ts';

/** Everything outside that the use cases of this function touch. */
export interface Deps {
  readonly system: System;
  readonly secrets: Secrets;
  readonly roles: RoleStore;
  readonly invitations: RoleInvitationStore;
  /** Invitation codes for registering. */
  readonly codes: InvitationStore;
  readonly events: EventStore;
  /** Ids of all events. */
  readonly listEvents: () => Promise<readonly string[]>;
  readonly mailAccount: MailStore;
  readonly publishing: PublishingDeps;
  readonly registrations: RegistrationStore;
  readonly changes: ChangeStore;
  readonly locks: LockStore;
  readonly messagesAbout: MessagesAbout;
  readonly announcements: AnnouncementStore;
  /** All registrations of an event, in no order. */
  readonly listRegistrations: (eventId: string) => Promise<readonly Registration[]>;
  /** Seats that nobody has proven, and everyone who waits, the longest first. */
  readonly unprovenSeats: {
    readonly seats: (event: EventDefinition<string>) => Promise<readonly UnprovenSeat[]>;
    readonly waiting: (eventId: string) => Promise<readonly WaitlistEntry[]>;
    readonly registrations: (eventId: string, references: readonly string[]) => Promise<readonly Registration[]>;
  };
  /** Writes items of which none is refused, all or nothing. */
  readonly write: (items: readonly TransactItem[]) => Promise<void>;
  /** Writes all items or none. @returns whether their conditions held */
  readonly writeIfUnchanged: (items: readonly TransactItem[]) => Promise<boolean>;
  /** The physical name of the table of messages. */
  readonly outboxTable: string;
  readonly auditTable: string;
  readonly careTable: string;
  readonly siteUrl: string;
  /** Where organisers sign in, as long as it is ours. */
  readonly accounts: Accounts | undefined;
  /** `https://host/path` of the provider. */
  readonly issuer: string;
}

export function realDeps(client = documentClient()): Deps {
  const environment = readEnvironment(manifest);
  const system = realSystem;
  const tables = { registry: environment.registry, outbox: environment.outbox };
  return {
    system,
    secrets: kmsSecrets(new KMSClient({}), environment.secretsKey),
    roles: roleStore({ client, registry: tables.registry }),
    invitations: roleInvitationStore({ client, registry: tables.registry, system }),
    codes: invitationStore({ client, registry: tables.registry, system }),
    publishing: { documents: client, ...tables, system },
    mailAccount: mailStore({ client, outbox: tables.outbox, system }),
    events: eventStore({ client, registry: tables.registry, system }),
    listEvents: () => listEvents(client, tables.registry),
    registrations: registrationStore({ client, registry: tables.registry, system }),
    changes: changeStore({ client, ...tables, system }),
    locks: lockStore({ client, ...tables, system }),
    messagesAbout: messagesAbout({ client, outbox: tables.outbox }),
    announcements: announcementStore({ client, registry: tables.registry }),
    listRegistrations: (eventId) => listRegistrations(client, tables.registry, eventId),
    unprovenSeats: {
      seats: (event) => readUnprovenSeats(client, tables.registry, event),
      waiting: async (eventId) => {
        const all: WaitlistEntry[] = [];
        for await (const page of waitlistPages(client, tables.registry, eventId)) all.push(...page);
        return all;
      },
      registrations: (eventId, references) => readRegistrations(client, tables.registry, eventId, references, system),
    },
    write: (items) => writeAll(client, items, system),
    writeIfUnchanged: async (items) => (await transact(client, items, system)).length === 0,
    outboxTable: tables.outbox,
    auditTable: environment.audit,
    careTable: environment.care,
    siteUrl: environment.siteUrl,
    accounts:
      environment.userPool === NO_USER_POOL ? undefined : cognitoAccounts(environment.oidcIssuer, environment.userPool),
    issuer: environment.oidcIssuer,
  };
}
