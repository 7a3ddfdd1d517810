import { KMSClient } from '@aws-sdk/client-kms';
import { SESClient } from '@aws-sdk/client-ses';
import type { DynamoDBBatchResponse, DynamoDBRecord, DynamoDBStreamEvent, ScheduledEvent } from 'aws-lambda';
import { announcementStore } from '../../shared/announcements/announcement.store.ts';
import { toldReader } from '../../shared/announcements/told.store.ts';
import { attending } from '../../shared/checkin/attendance/attendance.store.ts';
import { deviceProposalReader } from '../../shared/checkin/device/device.store.ts';
import { delegationStore } from '../../shared/delegation/delegation.store.ts';
import { eventStore } from '../../shared/event/event.store.ts';
import { jobStore } from '../../shared/event/job.store.ts';
import { formSettingsReader } from '../../shared/feedback/form/form-settings.store.ts';
import { documentClient, lean } from '../../shared/kernel/dynamo/client.store.ts';
import { kmsSecrets } from '../../shared/kernel/keys/secrets.store.ts';
import { batchHandler, logger, watched } from '../../shared/kernel/log.store.ts';
import { depsOf } from '../../shared/kernel/parts.store.ts';
import { LETTERS } from '../../shared/letters.ts';
import { guardStore } from '../../shared/mail/limits/guard.store.ts';
import { sendQuota, storedPace } from '../../shared/mail/limits/pace.case.ts';
import { watchForAttack } from '../../shared/mail/limits/watch-for-attack.case.ts';
import { deliverPaced } from '../../shared/mail/outbox/deliver.case.ts';
import { mailHoldReader } from '../../shared/mail/outbox/mail-hold.store.ts';
import { type SesConnections, sesConnections, sesMailer } from '../../shared/mail/outbox/mailer.case.ts';
import { outboxStore } from '../../shared/mail/outbox/outbox.store.ts';
import { sweep } from '../../shared/mail/outbox/sweep.case.ts';
import { addressChangeReader } from '../../shared/registration/change/address-change.store.ts';
import { unconfirmedReader } from '../../shared/registration/confirm/unconfirmed.store.ts';
import { digestStore } from '../../shared/registration/digest/digest.store.ts';
import { registrationStore } from '../../shared/registration/registration.store.ts';
import { roleInvitationStore } from '../../shared/team/invitation/role-invitation.store.ts';
import { roleStore } from '../../shared/team/role/role.store.ts';
import { kmsTicketSigner } from '../../shared/ticket/ticket-key.store.ts';
import { manifest } from './function.ts';

/** Puts together once, not for each mail, what handles a command. */
const REUSE = { cacheMiddleware: true } as const;

/** SES has no idempotency key: the client must not try twice by itself, since a lost reply may mean a sent mail. */
const sesClient = ({ requestHandler }: SesConnections) =>
  watched(lean(new SESClient({ ...REUSE, maxAttempts: 1, requestHandler })));

/** Everything outside that sending a message touches. */
export function realDeps(client = documentClient(), kms = watched(lean(new KMSClient(REUSE))), toSes?: SESClient) {
  const connections = sesConnections();
  const ses = toSes ?? sesClient(connections);
  return depsOf(
    manifest,
    { client, kms },
    {
      secrets: kmsSecrets,
      signer: kmsTicketSigner,
      registrations: registrationStore,
      events: eventStore,
      delegations: delegationStore,
      readUnconfirmed: unconfirmedReader,
      readAddressChange: addressChangeReader,
      invitations: roleInvitationStore,
      announcements: announcementStore,
      readTold: toldReader,
      attending,
      readFormSettings: formSettingsReader,
      digests: digestStore,
      roles: roleStore,
      jobs: jobStore,
      readDeviceProposal: deviceProposalReader,
      outbox: outboxStore,
      mailHold: mailHoldReader,
      guards: guardStore,
      letters: () => LETTERS,
      announcementLetters: () => LETTERS,
      mailer: ({ configurationSet, mailFrom }) => sesMailer(ses, configurationSet, mailFrom),
      sesConnections: () => connections,
      pace: ({ outbox, system }) => storedPace(client, outbox, system, sendQuota(ses)),
    },
  );
}

type Deps = ReturnType<typeof realDeps>;

let deps: Deps | undefined;

/**
 * Sends what the outbox stream reports as new, and every minute what waited until then, at the account's rate. A new message that could not
 * even be put off is reported by its sequence number: Lambda delivers it and what follows again, and what is
 * settled by then is passed over.
 */
export const handler = batchHandler(
  async (event: DynamoDBStreamEvent | ScheduledEvent): Promise<DynamoDBBatchResponse> => {
    deps ??= realDeps();
    if ('Records' in event) return { batchItemFailures: await deliverAll(deps, event.Records) };
    await sweep(deps);
    return { batchItemFailures: [] };
  },
);

async function deliverAll(
  deps: Deps,
  records: readonly DynamoDBRecord[],
): Promise<DynamoDBBatchResponse['batchItemFailures']> {
  await watchForAttack(deps, records);
  const { failed = new Map(), left } = await deliverPaced(deps, records.map(idOf), 'now');
  for (const [outboxId, error] of failed) logger.error('message neither sent nor put off', { error, outboxId });
  if (left) await Promise.all(left.ids.map((id) => deps.outbox.postpone(id, left.notBefore)));
  return records
    .filter((record) => failed.has(idOf(record)))
    .map(({ dynamodb }) => ({ itemIdentifier: dynamodb?.SequenceNumber ?? '' }));
}

const idOf = ({ dynamodb }: DynamoDBRecord): string => dynamodb?.Keys?.['id']?.S ?? '';
