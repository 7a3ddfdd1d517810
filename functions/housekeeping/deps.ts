import { KMSClient } from '@aws-sdk/client-kms';
import { SESv2Client } from '@aws-sdk/client-sesv2';
import { type AnnouncementStore, announcementStore } from '../../shared/announcements/announcement.store.ts';
import { type AnnouncingStore, announcingStore } from '../../shared/announcements/timed/announcing.store.ts';
import type { CheckInDeps } from '../../shared/checkin/review/unname-check-ins.case.ts';
import { type DelegationStore, delegationStore } from '../../shared/delegation/delegation.store.ts';
import { type JobStore, jobStore } from '../../shared/event/job.store.ts';
import type { PublishingDeps } from '../../shared/event/publish/deps.case.ts';
import { documentClient } from '../../shared/kernel/dynamo/client.store.ts';
import { readEnvironment } from '../../shared/kernel/env.ts';
import { kmsSecrets, type Secrets } from '../../shared/kernel/keys/secrets.store.ts';
import { realSystem, type System } from '../../shared/kernel/system.store.ts';
import { type AccountStore, accountStore } from '../../shared/mail/account/account.store.ts';
import { type AskSes, askSes } from '../../shared/mail/account/ask-ses.case.ts';
import { type ForgottenStore, forgottenStore } from '../../shared/mail/outbox/forgotten.store.ts';
import { type YoungStore, youngStore } from '../../shared/minors/young.store.ts';
import { type ChangeStore, changeStore } from '../../shared/registration/change.store.ts';
import { type UnprovenStore, unprovenStore } from '../../shared/registration/decide/unproven.store.ts';
import { type DigestWriter, digestWriter } from '../../shared/registration/digest/digest-writer.store.ts';
import { listRegistrations } from '../../shared/registration/list/registration-list.store.ts';
import { type RegistrationStore, registrationStore } from '../../shared/registration/registration.store.ts';
import type { Registration } from '../../shared/registration/registration.ts';
import { type PoolStore, poolStore } from '../../shared/seats/pool.store.ts';
import { type WaitlistStore, waitlistStore } from '../../shared/seats/waitlist.store.ts';
import { type WaitlistMemory, waitlistMemory } from '../../shared/seats/waitlist-memory.store.ts';
import { type RoleStore, roleStore } from '../../shared/team/role/role.store.ts';
import { kmsTicketKey, type TicketKey } from '../../shared/ticket/ticket-key.store.ts';
import { manifest } from './function.ts';

/** Everything outside that this function's jobs touch. */
export interface Deps {
  readonly system: System;
  readonly secrets: Secrets;
  readonly jobs: JobStore;
  readonly forgotten: ForgottenStore;
  readonly waitlist: WaitlistStore;
  readonly waitlistMemory: WaitlistMemory;
  readonly unproven: UnprovenStore;
  readonly pools: PoolStore;
  readonly registrations: RegistrationStore;
  readonly changes: ChangeStore;
  readonly young: YoungStore;
  /** Physical names. */
  readonly careTable: string;
  readonly feedbackTable: string;
  readonly askSes: AskSes;
  readonly account: AccountStore;
  readonly publishing: PublishingDeps;
  readonly checkIns: CheckInDeps;
  /** What signs which tickets admit nobody any more. */
  readonly ticketKey: TicketKey;
  readonly digestWriter: DigestWriter;
  readonly announcements: AnnouncementStore;
  readonly announcing: AnnouncingStore;
  readonly delegations: Pick<DelegationStore, 'read'>;
  readonly roles: Pick<RoleStore, 'list'>;
  /** All registrations of an event, in no order. */
  readonly listRegistrations: (eventId: string) => Promise<readonly Registration[]>;
}

export function realDeps(client = documentClient()): Deps {
  const environment = readEnvironment(manifest);
  const system = realSystem;
  const tables = { registry: environment.registry, outbox: environment.outbox, care: environment.care };
  const kms = new KMSClient({});
  return {
    system,
    secrets: kmsSecrets(kms, environment.secretsKey),
    jobs: jobStore({ client, outbox: tables.outbox }),
    forgotten: forgottenStore({ client, outbox: tables.outbox }),
    waitlist: waitlistStore({ client, registry: tables.registry }),
    waitlistMemory: waitlistMemory(system),
    unproven: unprovenStore({ client, ...tables, system }),
    pools: poolStore({ client, registry: tables.registry, system }),
    registrations: registrationStore({ client, registry: tables.registry, system }),
    changes: changeStore({ client, ...tables, system }),
    young: youngStore({ client, ...tables, system }),
    careTable: tables.care,
    feedbackTable: environment.feedback,
    askSes: askSes(new SESv2Client({}), environment.mailFrom),
    account: accountStore({ client, outbox: tables.outbox }),
    checkIns: { client, registry: tables.registry, system },
    ticketKey: kmsTicketKey(kms, environment.ticketKey),
    publishing: { documents: client, registry: tables.registry, outbox: tables.outbox, system },
    digestWriter: digestWriter({ client, ...tables, system }),
    announcements: announcementStore({ client, registry: tables.registry }),
    announcing: announcingStore({ client, ...tables, system }),
    delegations: delegationStore({ client, registry: tables.registry, system }),
    roles: roleStore({ client, registry: tables.registry }),
    listRegistrations: (eventId) => listRegistrations(client, tables.registry, eventId),
  };
}
