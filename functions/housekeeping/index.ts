import type { DynamoDBBatchResponse, DynamoDBStreamEvent, ScheduledEvent } from 'aws-lambda';
import { announceInTime } from '../../shared/announcements/timed/announce-in-time.case.ts';
import { issueRevocations } from '../../shared/checkin/device/issue-revocations.case.ts';
import { logError } from '../../shared/kernel/log.ts';
import type { TimerInputOf } from '../../shared/kernel/manifest.ts';
import { lookAtAccount } from '../../shared/mail/account/look-at-account.case.ts';
import { wakeForgotten } from '../../shared/mail/outbox/wake-forgotten.case.ts';
import { purgeUnanswered } from '../../shared/minors/purge-unanswered.case.ts';
import { tellWhoSeesChildren } from '../../shared/minors/tell-who-sees-children.case.ts';
import { askUnproven } from '../../shared/registration/decide/ask-unproven.case.ts';
import { promoteEverywhere } from '../../shared/registration/decide/promote-waiting.case.ts';
import { sendDigests } from '../../shared/registration/digest/send-digests.case.ts';
import { forgetResets } from '../../shared/team/second-factor/forget-resets.case.ts';
import { type Deps, realDeps } from './deps.ts';
import { doDueJobs, doJob } from './do-job.ts';
import type { manifest } from './function.ts';

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
];

type SpecialTimer = TimerInputOf<typeof manifest>;
const SPECIAL: Readonly<Record<SpecialTimer['timer'], (deps: Deps) => Promise<void>>> = {
  'ses-account': lookAtAccount,
  'due-jobs': (deps) => doAll([doDueJobs(deps), issueRevocations(deps)]),
};

/**
 * Does the jobs that the outbox stream reports as new, every minute those that had to wait until then, and signs which
 * tickets admit nobody any more, and every quarter of an hour what
 * else became due, for each event; every five minutes it looks at the SES account. A job that failed is delivered again, with what
 * follows it.
 */
export async function handler(
  event: DynamoDBStreamEvent | ScheduledEvent | SpecialTimer,
): Promise<DynamoDBBatchResponse> {
  deps ??= realDeps();
  if (!('Records' in event)) {
    const now = deps;
    if ('timer' in event) await SPECIAL[event.timer](now);
    else await doAll(QUARTERLY.map((chore) => chore(now)));
    return { batchItemFailures: [] };
  }
  const batchItemFailures: DynamoDBBatchResponse['batchItemFailures'] = [];
  for (const record of event.Records) {
    const id = record.dynamodb?.Keys?.['id']?.S ?? '';
    const done = await tryToDo(deps, id);
    if (!done) batchItemFailures.push({ itemIdentifier: record.dynamodb?.SequenceNumber ?? '' });
  }
  return { batchItemFailures };
}

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
    logError('job not done', error, { jobId: id });
    return false;
  }
}
