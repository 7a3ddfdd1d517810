import { KMSClient } from '@aws-sdk/client-kms';
import { SESClient } from '@aws-sdk/client-ses';
import { type AnnouncementStore, announcementStore } from '../../shared/announcements/announcement.store.ts';
import { type ToldReader, toldReader } from '../../shared/announcements/told-reader.store.ts';
import { type Attending, attending } from '../../shared/checkin/attendance/attending.case.ts';
import { type DeviceProposalReader, deviceProposalReader } from '../../shared/checkin/device/device-proposal.store.ts';
import { type DelegationStore, delegationStore } from '../../shared/delegation/delegation.store.ts';
import { type EventStore, eventStore } from '../../shared/event/event.store.ts';
import { type KeptFormSettings, readFormSettings } from '../../shared/feedback/form/form-settings.store.ts';
import { documentClient } from '../../shared/kernel/dynamo/client.store.ts';
import { lean } from '../../shared/kernel/dynamo/lean-client.ts';
import { readEnvironment } from '../../shared/kernel/env.ts';
import { kmsSecrets, type Secrets } from '../../shared/kernel/keys/secrets.store.ts';
import { realSystem, type System } from '../../shared/kernel/system.store.ts';
import { LETTERS } from '../../shared/letters.ts';
import type { Letters } from '../../shared/mail/letter/letter.ts';
import { type AttackWatch, attackWatch } from '../../shared/mail/limits/attack-watch.ts';
import { type GuardStore, guardStore } from '../../shared/mail/limits/guard.store.ts';
import { type Pace, storedPace } from '../../shared/mail/limits/pace.case.ts';
import { sendQuota } from '../../shared/mail/limits/send-quota.case.ts';
import { type Mailer, sesMailer } from '../../shared/mail/outbox/mailer.case.ts';
import { type OutboxStore, outboxStore } from '../../shared/mail/outbox/outbox.store.ts';
import { type SesConnections, sesConnections } from '../../shared/mail/outbox/ses-connections.case.ts';
import {
  type UnconfirmedReader,
  unconfirmedReader,
} from '../../shared/registration/confirm/unconfirmed-reader.store.ts';
import { type DigestStore, digestStore } from '../../shared/registration/digest/digest.store.ts';
import { type RegistrationStore, registrationStore } from '../../shared/registration/registration.store.ts';
import { type RoleInvitationStore, roleInvitationStore } from '../../shared/team/invitation/role-invitation.store.ts';
import { type RoleStore, roleStore } from '../../shared/team/role/role.store.ts';
import { kmsTicketSigner, type TicketSigner } from '../../shared/ticket/ticket-signer.store.ts';
import { manifest } from './function.ts';

/** Everything outside that sending a message touches. */
export interface Deps {
  readonly system: System;
  readonly secrets: Secrets;
  readonly signer: TicketSigner;
  readonly registrations: RegistrationStore;
  readonly events: EventStore;
  readonly delegations: DelegationStore;
  readonly readUnconfirmed: UnconfirmedReader;
  readonly invitations: RoleInvitationStore;
  readonly digests: DigestStore;
  readonly announcements: Pick<AnnouncementStore, 'read'>;
  readonly readTold: ToldReader;
  /** Where someone came, at doors and online. */
  readonly attending: Attending;
  readonly readFormSettings: (eventId: string) => Promise<KeptFormSettings>;
  readonly roles: RoleStore;
  readonly readDeviceProposal: DeviceProposalReader;
  readonly outbox: OutboxStore;
  readonly attacks: AttackWatch;
  readonly guards: GuardStore;
  readonly mailer: Mailer;
  readonly sesConnections: Pick<SesConnections, 'closeIdle'>;
  readonly pace: Pace;
  readonly siteUrl: string;
  readonly sender: string;
  /** What each kind of mail needs and says. */
  readonly letters: Letters<Deps>;
}

/** Puts together once, not for each mail, what handles a command. */
const REUSE = { cacheMiddleware: true } as const;

/** SES has no idempotency key: the client must not try twice by itself, since a lost reply may mean a sent mail. */
const sesClient = ({ requestHandler }: SesConnections) =>
  lean(new SESClient({ ...REUSE, maxAttempts: 1, requestHandler }));

export function realDeps(client = documentClient(), kms = lean(new KMSClient(REUSE)), toSes?: SESClient): Deps {
  const connections = sesConnections();
  const ses = toSes ?? sesClient(connections);
  const environment = readEnvironment(manifest);
  const system = realSystem;
  return {
    system,
    secrets: kmsSecrets(kms, environment.secretsKey),
    signer: kmsTicketSigner(kms, environment.ticketKey),
    registrations: registrationStore(client, environment.registryTable, system),
    events: eventStore(client, environment.registryTable, system),
    delegations: delegationStore(client, environment.registryTable, system),
    readUnconfirmed: unconfirmedReader(client, environment.registryTable),
    invitations: roleInvitationStore(client, environment.registryTable, system),
    announcements: announcementStore(client, environment.registryTable),
    readTold: toldReader(client, environment.registryTable),
    attending: attending(client, environment.registryTable, system),
    readFormSettings: (eventId) => readFormSettings(client, environment.registryTable, eventId),
    digests: digestStore(client, environment.registryTable),
    roles: roleStore(client, environment.registryTable),
    readDeviceProposal: deviceProposalReader(client, environment.registryTable),
    outbox: outboxStore(client, environment.outboxTable, system),
    attacks: attackWatch(),
    guards: guardStore(client, { registry: environment.registryTable, outbox: environment.outboxTable }, system),
    mailer: sesMailer(ses, environment.configurationSet, environment.mailFrom),
    sesConnections: connections,
    pace: storedPace(client, environment.outboxTable, system, sendQuota(ses)),
    siteUrl: environment.siteUrl,
    sender: environment.mailFrom,
    letters: LETTERS,
  };
}
