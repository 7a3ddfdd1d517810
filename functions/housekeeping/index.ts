import { KMSClient } from '@aws-sdk/client-kms';
import { SESv2Client } from '@aws-sdk/client-sesv2';
import { SQSClient } from '@aws-sdk/client-sqs';
import type {
  DynamoDBBatchResponse,
  DynamoDBRecord,
  DynamoDBStreamEvent,
  ScheduledEvent,
  SQSBatchResponse,
  SQSEvent,
  SQSRecord,
} from 'aws-lambda';
import { announcementStore } from '../../shared/announcements/announcement.store.ts';
import { keepFigures } from '../../shared/announcements/figures.case.ts';
import { figuresStore } from '../../shared/announcements/figures.store.ts';
import { announceInTime } from '../../shared/announcements/timed/announce.case.ts';
import { announcingStore } from '../../shared/announcements/timed/announcing.store.ts';
import { mailStore } from '../../shared/announcements/write/mail.store.ts';
import { resultsStore } from '../../shared/announcements/write/results.store.ts';
import { attendanceIndex } from '../../shared/checkin/attendance/attendance-index.store.ts';
import { forgetMinutes } from '../../shared/checkin/attendance/forget-minutes.case.ts';
import { compareAttendance, indexAttendance } from '../../shared/checkin/attendance/keep-attendance.case.ts';
import { issueRevocations } from '../../shared/checkin/device/known-device.case.ts';
import { keepGreetings } from '../../shared/checkin/greet/greet.case.ts';
import { delegationStore } from '../../shared/delegation/delegation.store.ts';
import { rememberedRules } from '../../shared/event/event.store.ts';
import { changedEvents, jobStore } from '../../shared/event/job.store.ts';
import { completeEventList } from '../../shared/event/publish/write-definition.case.ts';
import { readWakeUp, wakeUpQueue } from '../../shared/event/wake-up.store.ts';
import { doDueJobs, doJob } from '../../shared/jobs.ts';
import { backupStore } from '../../shared/kernel/dynamo/backups.store.ts';
import { documentClient } from '../../shared/kernel/dynamo/client.store.ts';
import { backupReader, lookAtBackups } from '../../shared/kernel/dynamo/look-at-backups.case.ts';
import { kmsSecrets } from '../../shared/kernel/keys/secrets.store.ts';
import { batchHandler, logger, watched } from '../../shared/kernel/log.store.ts';
import type { TimerInputOf } from '../../shared/kernel/manifest.ts';
import { depsOf } from '../../shared/kernel/parts.store.ts';
import { askSes, lookAtAccount, measureDueMail } from '../../shared/mail/account/look-at-account.case.ts';
import { accountStore } from '../../shared/mail/account/mail-account.store.ts';
import { forgottenStore } from '../../shared/mail/outbox/forgotten.store.ts';
import { wakeForgotten } from '../../shared/mail/outbox/sweep.case.ts';
import { purgeUnanswered } from '../../shared/minors/keep-care.case.ts';
import { tellWhoSeesChildren } from '../../shared/minors/tell-who-sees-children.case.ts';
import { youngStore } from '../../shared/minors/young.store.ts';
import { bulkStore } from '../../shared/registration/bulk/bulk.store.ts';
import { changeStore } from '../../shared/registration/change.store.ts';
import { askUnproven } from '../../shared/registration/decide/ask-unproven.case.ts';
import { promoteEverywhere } from '../../shared/registration/decide/promote-waiting.case.ts';
import { unprovenStore } from '../../shared/registration/decide/unproven.store.ts';
import { digestWriter } from '../../shared/registration/digest/digest.store.ts';
import { sendDigests } from '../../shared/registration/digest/send-digests.case.ts';
import { indexPeople, noteHourly } from '../../shared/registration/people/keep-people.case.ts';
import { comparePeople } from '../../shared/registration/people/people.case.ts';
import { peopleStore } from '../../shared/registration/people/people.store.ts';
import { registrationStore } from '../../shared/registration/registration.store.ts';
import { tagStore } from '../../shared/registration/tags/tags.store.ts';
import { poolStore } from '../../shared/seats/pool.store.ts';
import { waitlistMemory, waitlistStore } from '../../shared/seats/waitlist.store.ts';
import { roleStore } from '../../shared/team/role/role.store.ts';
import { forgetResets } from '../../shared/team/second-factor/factor-reset.case.ts';
import { kmsTicketKey } from '../../shared/ticket/ticket-key.store.ts';
import { manifest } from './function.ts';

export const realDeps = (client = documentClient()) =>
  depsOf(
    manifest,
    // Its own check of what was sent is one of MD5, against nothing that TLS lets happen.
    { client, kms: watched(new KMSClient({})), sqs: watched(new SQSClient({ md5: false })) },
    {
      secrets: kmsSecrets,
      jobs: jobStore,
      wakeUps: wakeUpQueue,
      forgotten: forgottenStore,
      waitlist: waitlistStore,
      waitlistMemory: ({ system }) => waitlistMemory(system),
      unproven: unprovenStore,
      pools: poolStore,
      registrations: registrationStore,
      changes: changeStore,
      young: youngStore,
      bulks: bulkStore,
      tags: tagStore,
      askSes: ({ mailFrom }) => askSes(watched(new SESv2Client({})), mailFrom),
      account: accountStore,
      restorableUntil: backupReader,
      backups: backupStore,
      figures: figuresStore,
      checkIns: (given) => given,
      ticketKey: kmsTicketKey,
      publishing: (given) => given,
      digestWriter,
      changedEvents,
      announcements: announcementStore,
      announcing: announcingStore,
      mail: mailStore,
      results: resultsStore,
      delegations: delegationStore,
      roles: roleStore,
      people: peopleStore,
      peopleMemory: () => new Map(),
      readRules: rememberedRules,
      indexedUpTo: () => new Map(),
      timeZones: () => new Map(),
      attendanceIndex,
      attendanceMemory: () => new Map(),
      attendanceUpTo: () => new Map(),
    },
  );

type Deps = ReturnType<typeof realDeps>;

let deps: Deps | undefined;

const QUARTERLY: readonly ((deps: Deps) => Promise<void>)[] = [
  purgeUnanswered,
  sendDigests,
  tellWhoSeesChildren,
  forgetResets,
  announceInTime,
  askUnproven,
  promoteEverywhere,
  wakeForgotten,
  comparePeople,
  compareAttendance,
  forgetMinutes,
  keepGreetings,
  completeEventList,
  lookAtBackups,
  noteHourly,
  keepFigures,
];

type SpecialTimer = TimerInputOf<typeof manifest>;
type Called = DynamoDBStreamEvent | SQSEvent | ScheduledEvent | SpecialTimer;
const SPECIAL: Readonly<Record<SpecialTimer['timer'], (deps: Deps) => Promise<void>>> = {
  'ses-account': (deps) => doAll([lookAtAccount(deps), measureDueMail(deps)]),
  'due-jobs': (deps) => doAll([doDueJobs(deps), issueRevocations(deps), indexPeople(deps), indexAttendance(deps)]),
};

/**
 * Does the jobs that the outbox stream reports as new, and at its time one that is to wait for minutes at most. Every minute it does those that
 * had to wait until then, signs which tickets admit nobody any more, and keeps the indexes of people and attendance, of events that are noted as
 * changed; every quarter of an hour what else became due, for each event; every five minutes it looks at the SES account. A job that failed is
 * delivered again; of the stream, with what follows it.
 */
export const handler = batchHandler(async (event: Called): Promise<DynamoDBBatchResponse | SQSBatchResponse> => {
  deps ??= realDeps();
  if (!('Records' in event)) {
    const now = deps;
    if ('timer' in event) await SPECIAL[event.timer](now);
    else await doAll(QUARTERLY.map((chore) => chore(now)));
    return { batchItemFailures: [] };
  }
  const batchItemFailures: { itemIdentifier: string }[] = [];
  for (const record of event.Records) {
    const { id, itemIdentifier } = namedBy(record);
    const done = await tryToDo(deps, id);
    if (!done) batchItemFailures.push({ itemIdentifier });
  }
  return { batchItemFailures };
});

/** A job, by its id, and what a failure of it is reported by. */
const namedBy = (record: DynamoDBRecord | SQSRecord) =>
  'body' in record
    ? { id: readWakeUp(record.body), itemIdentifier: record.messageId }
    : { id: record.dynamodb?.Keys?.['id']?.S ?? '', itemIdentifier: record.dynamodb?.SequenceNumber ?? '' };

/** One that fails keeps none of the others from being done. @throws the first failure, so that it is seen */
async function doAll(chores: readonly Promise<void>[]): Promise<void> {
  const failed = (await Promise.allSettled(chores)).find((each) => each.status === 'rejected');
  if (failed) throw failed.reason;
}

async function tryToDo(deps: Deps, id: string): Promise<boolean> {
  try {
    await doJob(deps, id);
    return true;
  } catch (error) {
    logger.error('job not done', { error, jobId: id });
    return false;
  }
}
